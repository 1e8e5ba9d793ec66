package net.homeport.registry.truth;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done with reported addresses in one zone; what it does not say is for the wider one.
 *
 * @param treatments by class
 * @param source what is done when a device reports another address than it speaks from; null if it
 *     is not said
 */
public record TruthPolicy(Map<AddressClass, Treatment> treatments, @Nullable SourceMatch source) {
  /** Says nothing. */
  public static final TruthPolicy NONE = new TruthPolicy(Map.of(), null);

  /**
   * Unless something was said: private addresses are published, for names may be for use at home,
   * and shown as such; loopback is acknowledged only, unless it comes from this machine itself:
   * some clients (OpenWrt's for No-IP) send it first and their address after it, as a sign of life;
   * what can be nobody's is refused.
   */
  public static final TruthPolicy UNLESS_STATED =
      new TruthPolicy(
          Map.of(
              AddressClass.LOOPBACK, Treatment.ACKNOWLEDGE,
              AddressClass.LINK_LOCAL, Treatment.REFUSE,
              AddressClass.SITE_LOCAL, Treatment.REFUSE,
              AddressClass.MULTICAST, Treatment.REFUSE,
              AddressClass.IPV4_MAPPED, Treatment.REFUSE,
              AddressClass.RESERVED, Treatment.REFUSE),
          SourceMatch.ACCEPT);

  public TruthPolicy {
    treatments = Map.copyOf(treatments);
  }

  /** What is done with addresses of a class; in the order of severity. */
  public enum Treatment {
    /** Published. */
    PUBLISH,
    /** The device is told that all is well, and nothing changes. */
    ACKNOWLEDGE,
    /** Refused. */
    REFUSE
  }

  /** What is done when the reported address is not the one that the request came from. */
  public enum SourceMatch {
    /** Nothing. */
    ACCEPT,
    /** It is published, and shown with the host. */
    WARN,
    /** It is refused. */
    MATCH
  }

  /** These, and where they say nothing, those. */
  public TruthPolicy over(TruthPolicy wider) {
    if (treatments.isEmpty() && source == null) {
      return wider;
    }
    Map<AddressClass, Treatment> all = new EnumMap<>(AddressClass.class);
    all.putAll(wider.treatments);
    all.putAll(treatments);
    return new TruthPolicy(all, source == null ? wider.source : source);
  }

  /** What is done with addresses of this class. */
  public Treatment treatment(AddressClass kind) {
    return treatments.getOrDefault(kind, Treatment.PUBLISH);
  }

  /**
   * The value of this word, such as {@code refuse}.
   *
   * @throws IllegalArgumentException that says which there are
   */
  public static <E extends Enum<E>> E word(Class<E> type, String text) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(text.strip())) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of %s"
            .formatted(
                text,
                String.join(
                    ", ",
                    Arrays.stream(type.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList())));
  }
}
