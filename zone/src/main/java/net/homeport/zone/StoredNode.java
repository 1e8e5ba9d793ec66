package net.homeport.zone;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The octets in which a store keeps what lies at one owner name: the name relative to the apex and
 * its RRsets, as in memory. Their layout is stable: stores of older versions are read. A zone is
 * made of them again by {@link ZoneLoader}.
 */
public final class StoredNode {
  private StoredNode() {}

  /**
   * What a store keeps for this owner name, or null if the name has no RRsets; not to be changed.
   */
  public static byte @Nullable [] of(Zone zone, Name owner) {
    byte[] node = zone.node(NameKey.of(zone.seed(), owner));
    return node == null || !PackedNode.hasRrsets(node) ? null : stored(node);
  }

  /** Calls {@code action} with what a store keeps for each owner name; not to be changed. */
  public static void forEach(Zone zone, Consumer<byte[]> action) {
    zone.names()
        .forEach(node -> {
          if (PackedNode.hasRrsets(node)) {
            action.accept(stored(node));
          }
        });
  }

  /** Most names have none below them and are given as they are: a copy of a whole zone is saved. */
  private static byte[] stored(byte[] node) {
    return PackedNode.children(node) == 0 ? node : PackedNode.withChildren(node, 0);
  }

  /** The relative owner name, in lower case: the key under which a store keeps the octets. */
  public static byte[] key(byte[] stored) {
    return Arrays.copyOfRange(stored, 1, 1 + PackedNode.keyLength(stored));
  }

  /** Octets of {@link #key(byte[])}, which stand after the first of the stored octets. */
  public static int keyLength(byte[] stored) {
    return PackedNode.keyLength(stored);
  }

  /** Whether these octets, which may be damaged, start with this {@link #key(byte[])}. */
  public static boolean hasKey(byte[] stored, byte[] key) {
    return stored.length > 1 + key.length && PackedNode.hasKey(stored, key, 0, key.length);
  }

  /** The order of the keys: of their octets as unsigned numbers. */
  public static int compareKeys(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(
        one, 1, 1 + PackedNode.keyLength(one), other, 1, 1 + PackedNode.keyLength(other));
  }

  /** The key under which a store keeps this owner name of a zone. */
  public static byte[] key(Name apex, Name owner) {
    byte[] wire = Objects.requireNonNull(owner.toWireCanonical());
    return Arrays.copyOf(wire, wire.length - apex.length());
  }
}
