package net.homeport.registry.restriction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a policy can say, with the form of its value.
 *
 * @param <T> its values; immutable
 */
public final class PolicySetting<T> {
  private static final int NETWORKS_MAX = 100;
  private static final int COUNT_MAX = 1_000_000_000;
  private static final int DAYS_MAX = 36_500;

  /** Networks that requests must come from; empty for any. */
  public static final PolicySetting<List<AddressBlock>> SOURCE_NETWORKS =
      new PolicySetting<>(
          "source-networks",
          "192.0.2.0/24,2001:db8::/32 or any",
          "requests must come from one of these networks",
          true,
          PolicySetting::networks,
          PolicySetting::text);

  /** Networks that published addresses must lie in, of each family that is listed. */
  public static final PolicySetting<List<AddressBlock>> ADDRESS_RANGES =
      new PolicySetting<>(
          "address-ranges",
          "203.0.113.0/24,2001:db8::/32 or any",
          "published addresses must lie in one of these networks",
          true,
          PolicySetting::networks,
          PolicySetting::text);

  /** Families that a host may have addresses of. */
  public static final PolicySetting<AddressFamilies> FAMILIES =
      new PolicySetting<>(
          "families",
          "ipv4, ipv6 or both",
          "families of addresses that may be published",
          true,
          AddressFamilies::parse,
          AddressFamilies::toString);

  /** How often addresses may change, each family by itself. */
  public static final PolicySetting<ChangeBudget> CHANGE_BUDGET =
      new PolicySetting<>(
          "change-budget",
          "10/20s or unlimited",
          "changes at once, then one each so many seconds; A and AAAA are counted apart",
          true,
          ChangeBudget::parse,
          ChangeBudget::toString);

  /** TTLs that addresses may have. */
  public static final PolicySetting<TtlRange> TTL_RANGE =
      new PolicySetting<>(
          "ttl-range",
          "30-3600",
          "TTLs that hosts may have, in seconds",
          true,
          TtlRange::parse,
          TtlRange::toString);

  /** Whether a person must approve a host before it is published. */
  public static final PolicySetting<Boolean> APPROVAL =
      new PolicySetting<>(
          "approval",
          "yes or no",
          "hosts added from now on are published once 'homeport host approve' says so",
          true,
          PolicySetting::flag,
          PolicySetting::text);

  /** Whether addresses must stay as they are. */
  public static final PolicySetting<Boolean> LOCKED =
      new PolicySetting<>(
          "locked",
          "yes or no",
          "addresses stay as they are",
          true,
          PolicySetting::flag,
          PolicySetting::text);

  /** The least protection of a request. */
  public static final PolicySetting<TlsFloor> MINIMUM_TLS =
      new PolicySetting<>(
          "minimum-tls",
          "1.2, 1.3 or none",
          "requests must come within TLS of this version or a later one",
          true,
          TlsFloor::parse,
          TlsFloor::toString);

  /** How many hosts a zone may have. */
  public static final PolicySetting<Integer> HOSTS_PER_ZONE =
      new PolicySetting<>(
          "hosts-per-zone",
          "10000",
          "how many hosts a zone may have",
          false,
          text -> number(text, COUNT_MAX, "a number of hosts"),
          String::valueOf);

  /** How many hosts an account may have; of a zone, how many there. */
  public static final PolicySetting<Integer> HOSTS_PER_ACCOUNT =
      new PolicySetting<>(
          "hosts-per-account",
          "100",
          "how many hosts an account may have in a zone",
          false,
          text -> number(text, COUNT_MAX, "a number of hosts"),
          String::valueOf);

  /** Days for which a freed name is kept back. */
  public static final PolicySetting<Integer> QUARANTINE_DAYS =
      new PolicySetting<>(
          "quarantine-days",
          "90",
          "days for which the name of a removed host is kept back; 0 for none",
          false,
          text -> number(text, DAYS_MAX, "a number of days"),
          String::valueOf);

  /** What becomes of a host whose name has a brand within a word. */
  public static final PolicySetting<BrandsWithin> BRANDS_WITHIN =
      new PolicySetting<>(
          "brands-within",
          "note or refuse",
          "whether a host whose name has a brand within a word is shown with a note, or not added",
          false,
          BrandsWithin::parse,
          BrandsWithin::toString);

  /** All of them, in the order in which they are shown. */
  public static final List<PolicySetting<?>> ALL =
      List.of(
          LOCKED,
          MINIMUM_TLS,
          SOURCE_NETWORKS,
          FAMILIES,
          ADDRESS_RANGES,
          TTL_RANGE,
          APPROVAL,
          CHANGE_BUDGET,
          HOSTS_PER_ZONE,
          HOSTS_PER_ACCOUNT,
          QUARANTINE_DAYS,
          BRANDS_WITHIN);

  private final String name;
  private final String form;
  private final String meaning;
  private final boolean perHost;
  private final Function<String, T> reader;
  private final Function<T, String> writer;

  private PolicySetting(
      String name,
      String form,
      String meaning,
      boolean perHost,
      Function<String, T> reader,
      Function<T, String> writer) {
    this.name = name;
    this.form = form;
    this.meaning = meaning;
    this.perHost = perHost;
    this.reader = reader;
    this.writer = writer;
  }

  /** The setting of this name, or null. */
  public static @Nullable PolicySetting<?> named(String name) {
    return ALL.stream().filter(each -> each.name.equals(name)).findFirst().orElse(null);
  }

  /** Its name, such as {@code source-networks}. */
  public String name() {
    return name;
  }

  /** Examples of values. */
  public String form() {
    return form;
  }

  /** What it does, in words. */
  public String meaning() {
    return meaning;
  }

  /** Whether it can be set for one host; otherwise for zones and by default only. */
  public boolean isPerHost() {
    return perHost;
  }

  /**
   * The value of this text.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public T parse(String text) {
    return reader.apply(text.strip().toLowerCase(Locale.ROOT));
  }

  /** As {@link #parse} reads it. */
  public String text(T value) {
    return writer.apply(value);
  }

  private static List<AddressBlock> networks(String text) {
    if (text.equals("any")) {
      return List.of();
    }
    List<AddressBlock> networks =
        Arrays.stream(text.split("[,\\s]+", -1)).map(AddressBlock::parse).toList();
    if (networks.size() > NETWORKS_MAX) {
      throw new IllegalArgumentException(
          "%d networks; at most %d are allowed".formatted(networks.size(), NETWORKS_MAX));
    }
    return networks;
  }

  private static String text(List<AddressBlock> networks) {
    return networks.isEmpty()
        ? "any"
        : networks.stream().map(AddressBlock::toString).collect(Collectors.joining(","));
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new IllegalArgumentException("'%s' is neither yes nor no".formatted(text));
    };
  }

  private static String text(Boolean flag) {
    return flag ? "yes" : "no";
  }

  private static Integer number(String text, int most, String what) {
    if (text.matches("\\d{1,10}") && Long.parseLong(text) <= most) {
      return Integer.valueOf(text);
    }
    throw new IllegalArgumentException("'%s' is not %s from 0 to %d".formatted(text, what, most));
  }

  @Override
  public String toString() {
    return name;
  }
}
