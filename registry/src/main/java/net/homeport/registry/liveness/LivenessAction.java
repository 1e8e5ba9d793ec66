package net.homeport.registry.liveness;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.homeport.zone.Rrset;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;

/** What the server does when a host comes into a state. Each but {@link None} is also told. */
public sealed interface LivenessAction {
  /** Nothing. */
  LivenessAction NONE = new None();

  /** Tell: in the log, and to whoever listens. */
  LivenessAction TELL = new Tell();

  /** Take its addresses out of DNS. */
  LivenessAction WITHDRAW = new Withdraw();

  /** Remove the host, its addresses, and its credential with its last host. */
  LivenessAction DELETE = new Delete();

  /** Nothing. */
  record None() implements LivenessAction {
    @Override
    public String toString() {
      return "none";
    }
  }

  /** Tell. */
  record Tell() implements LivenessAction {
    @Override
    public String toString() {
      return "tell";
    }
  }

  /**
   * Leave the addresses, and let resolvers keep them for this long only.
   *
   * @param seconds from 0 to {@link Rrset#TTL_MAX}
   */
  record ShortenTtl(long seconds) implements LivenessAction {
    public ShortenTtl {
      if (seconds < 0 || seconds > Rrset.TTL_MAX) {
        throw new IllegalArgumentException(
            "a TTL is 0 to %d seconds, not %d".formatted(Rrset.TTL_MAX, seconds));
      }
    }

    @Override
    public String toString() {
      return "ttl=" + seconds;
    }
  }

  /** Withdraw. */
  record Withdraw() implements LivenessAction {
    @Override
    public String toString() {
      return "withdraw";
    }
  }

  /**
   * Put a neutral address in place of those of each family; a family without one is withdrawn.
   *
   * @param ipv4 null for none
   * @param ipv6 null for none
   */
  record Park(@Nullable InetAddress ipv4, @Nullable InetAddress ipv6) implements LivenessAction {
    @Override
    public String toString() {
      var addresses = new ArrayList<String>(2);
      if (ipv4 != null) {
        addresses.add(AddressText.of(ipv4));
      }
      if (ipv6 != null) {
        addresses.add(AddressText.of(ipv6));
      }
      return "park=" + String.join(",", addresses);
    }
  }

  /** Delete. */
  record Delete() implements LivenessAction {
    @Override
    public String toString() {
      return "delete";
    }
  }

  /**
   * The action of these words, as {@code toString} writes them: {@code none}, {@code tell}, {@code
   * ttl=30}, {@code withdraw}, {@code park=192.0.2.1,2001:db8::1}, {@code delete}.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static LivenessAction parse(String words) {
    String text = words.strip().toLowerCase(Locale.ROOT);
    int equals = text.indexOf('=');
    String value = equals < 0 ? "" : text.substring(equals + 1);
    return switch (equals < 0 ? text : text.substring(0, equals + 1)) {
      case "none" -> NONE;
      case "tell" -> TELL;
      case "withdraw" -> WITHDRAW;
      case "delete" -> DELETE;
      case "ttl=" -> ttl(value);
      case "park=" -> park(value);
      default ->
          throw new IllegalArgumentException(
              "'%s' is not an action: none, tell, ttl=SECONDS, withdraw, park=ADDRESS[,ADDRESS] or delete"
                  .formatted(words));
    };
  }

  private static LivenessAction ttl(String value) {
    if (!value.matches("\\d{1,10}")) {
      throw new IllegalArgumentException("'ttl=%s' has no number of seconds".formatted(value));
    }
    return new ShortenTtl(Long.parseLong(value));
  }

  private static LivenessAction park(String value) {
    InetAddress ipv4 = null;
    InetAddress ipv6 = null;
    for (String each : List.of(value.split(",", -1))) {
      InetAddress address = AddressText.parse(each.strip());
      if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
        throw new IllegalArgumentException("'%s' is not an address to park on".formatted(each));
      }
      boolean isIpv4 = address instanceof Inet4Address;
      if ((isIpv4 ? ipv4 : ipv6) != null) {
        throw new IllegalArgumentException(
            "'park=%s': one address of each family at most".formatted(value));
      }
      if (isIpv4) {
        ipv4 = address;
      } else {
        ipv6 = address;
      }
    }
    return new Park(ipv4, ipv6);
  }
}
