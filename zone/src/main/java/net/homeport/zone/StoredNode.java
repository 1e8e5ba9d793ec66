package net.homeport.zone;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The octets in which a store keeps what lies at one owner name: the name relative to the apex and
 * its RRsets, as in memory. Their layout is stable: stores of older versions are read.
 */
public final class StoredNode {
  private StoredNode() {}

  /** What a store keeps for this owner name, or null if the name has no RRsets. */
  public static byte @Nullable [] of(Zone zone, Name owner) {
    byte[] node = zone.node(NameKey.of(zone.seed(), owner));
    return node == null || !PackedNode.hasRrsets(node) ? null : PackedNode.withChildren(node, 0);
  }

  /** Calls {@code action} with what a store keeps for each owner name of the zone. */
  public static void forEach(Zone zone, Consumer<byte[]> action) {
    zone.names()
        .forEach(node -> {
          if (PackedNode.hasRrsets(node)) {
            action.accept(PackedNode.withChildren(node, 0));
          }
        });
  }

  /** The relative owner name, in lower case: the key under which a store keeps the octets. */
  public static byte[] key(byte[] stored) {
    return Arrays.copyOfRange(stored, 1, 1 + PackedNode.keyLength(stored));
  }

  /** The key under which a store keeps this owner name of a zone. */
  public static byte[] key(Name apex, Name owner) {
    byte[] wire = Objects.requireNonNull(owner.toWireCanonical());
    return Arrays.copyOf(wire, wire.length - apex.length());
  }

  /**
   * Loads stored octets into a new zone ({@link ZoneSnapshot#newZone}).
   *
   * @throws RuntimeException when they are damaged, as far as that can be seen
   */
  public static void load(ZoneEditor zone, byte[] stored) {
    zone.adopt(stored);
  }
}
