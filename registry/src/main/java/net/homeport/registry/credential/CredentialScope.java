package net.homeport.registry.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * What a credential may be used for, from where, how, and until when.
 *
 * @param names which hosts it is for
 * @param types types of records that it may change; {@link #ANY_TYPE} for all that a front door
 *     changes, empty for none: then it proves who asks and changes nothing
 * @param frontDoors at which it is taken; empty for all
 * @param networks from which it is taken; empty for anywhere
 * @param expiresAt from when on it is not taken; null for never
 * @param unusedExpiry how long it may lie unused; null for ever
 * @param requiresTls whether it is taken only within TLS, or as a signature
 */
public record CredentialScope(
    NameScope names,
    Set<Integer> types,
    Set<String> frontDoors,
    List<AddressBlock> networks,
    @Nullable Instant expiresAt,
    @Nullable Duration unusedExpiry,
    boolean requiresTls) {
  /** All types of records. */
  public static final Set<Integer> ANY_TYPE = Set.of(Type.ANY);

  /** All with the hosts that were added with it, from anywhere, for ever. */
  public static final CredentialScope DEFAULT =
      new CredentialScope(NameScope.OWN, ANY_TYPE, Set.of(), List.of(), null, null, false);

  /** Most networks, and most front doors. */
  public static final int LIST_MAX = 20;

  /** Shortest time after which an unused credential ends: uses are kept by the minute. */
  public static final Duration UNUSED_EXPIRY_MIN = Duration.ofHours(1);

  /** Longest time after which an unused credential ends. */
  public static final Duration UNUSED_EXPIRY_MAX = Duration.ofDays(3650);

  /**
   * @throws IllegalArgumentException that says what is wrong with the scope
   */
  public CredentialScope {
    types = Collections.unmodifiableSet(new TreeSet<>(types));
    frontDoors = Collections.unmodifiableSet(new TreeSet<>(frontDoors));
    networks = List.copyOf(networks);
    if (networks.size() > LIST_MAX || frontDoors.size() > LIST_MAX) {
      throw new IllegalArgumentException(
          "a credential lists at most %d networks and %d front doors"
              .formatted(LIST_MAX, LIST_MAX));
    }
    if (unusedExpiry != null
        && (unusedExpiry.compareTo(UNUSED_EXPIRY_MIN) < 0
            || unusedExpiry.compareTo(UNUSED_EXPIRY_MAX) > 0)) {
      throw new IllegalArgumentException(
          "a credential ends unused after %d hour to %d days"
              .formatted(UNUSED_EXPIRY_MIN.toHours(), UNUSED_EXPIRY_MAX.toDays()));
    }
  }

  /** Whether it may change records of this type. */
  public boolean allowsType(int type) {
    return types.contains(Type.ANY) || types.contains(type);
  }

  /**
   * Why the credential cannot be used like this; null if it can. Names and types are not looked at.
   *
   * @param isSigned whether the secret itself was not sent
   * @param lastUse when it was used last, or made; what unused expiry counts from
   */
  public @Nullable String objection(
      RequestOrigin origin, boolean isSigned, Instant lastUse, Instant now) {
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return "the credential expired at " + expiresAt;
    }
    if (unusedExpiry != null && !now.isBefore(lastUse.plus(unusedExpiry))) {
      return "the credential ended because it was not used since " + lastUse;
    }
    if (!frontDoors.isEmpty() && !frontDoors.contains(origin.frontDoor())) {
      return "the credential is not for the front door " + origin.frontDoor();
    }
    if (!networks.isEmpty()
        && networks.stream().noneMatch(block -> block.contains(origin.source()))) {
      return "the credential cannot be used from " + origin.source().getHostAddress();
    }
    if (requiresTls && !isSigned && origin.tlsVersion() == null) {
      return "the credential was sent in clear, and is for TLS only";
    }
    return null;
  }

  /** The same for other hosts. */
  public CredentialScope with(NameScope other) {
    return new CredentialScope(
        other, types, frontDoors, networks, expiresAt, unusedExpiry, requiresTls);
  }
}
