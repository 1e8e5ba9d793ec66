package net.homeport.registry.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * How a site is set up.
 *
 * @param name what its people call it
 * @param sources its address sources by name
 * @param policy which of its uplinks are published
 * @param uplinks its connections, the preferred one first; empty if it has one that needs no name
 */
public record Site(
    String name,
    Map<String, AddressSource> sources,
    UplinkPolicy policy,
    List<Uplink> uplinks,
    Instant createdAt) {
  /** Most address sources of a site. */
  public static final int SOURCES_MAX = 64;

  /** Most uplinks of a site. */
  public static final int UPLINKS_MAX = 16;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  public Site {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a site: 1 to 63 of A-Z, a-z, 0-9, '.', '-' and '_', such as branch7"
              .formatted(name));
    }
    if (sources.size() > SOURCES_MAX || uplinks.size() > UPLINKS_MAX) {
      throw new IllegalArgumentException(
          "a site has at most %d address sources and %d uplinks"
              .formatted(SOURCES_MAX, UPLINKS_MAX));
    }
    Set<String> names = new HashSet<>();
    Set<String> users = new HashSet<>();
    for (Uplink uplink : uplinks) {
      String user = uplink.username();
      if (!names.add(uplink.name())
          || (user != null && !users.add(user.toLowerCase(Locale.ROOT)))) {
        throw new IllegalArgumentException(
            "the uplink %s, or its credential, is there twice".formatted(uplink.name()));
      }
    }
    sources = Map.copyOf(sources);
    uplinks = List.copyOf(uplinks);
  }

  /** A site with nothing yet. */
  public static Site named(String name, Instant now) {
    return new Site(name, Map.of(), UplinkPolicy.DEFAULT, List.of(), now);
  }

  /** With this source, in place of one of that name. */
  public Site with(AddressSource source) {
    var changed = new TreeMap<>(sources);
    changed.put(source.name(), source);
    return new Site(name, changed, policy, uplinks, createdAt);
  }

  /** Without the source of this name, if there is one. */
  public Site withoutSource(String source) {
    var changed = new TreeMap<>(sources);
    changed.remove(source);
    return new Site(name, changed, policy, uplinks, createdAt);
  }

  /** With sources for which no host of this name speaks that is there, or comes. */
  Site withoutVoiceOf(Name reporter) {
    var changed = new TreeMap<>(sources);
    changed.replaceAll((_, source) -> reporter.equals(source.reporter()) ? source.muted() : source);
    return new Site(name, changed, policy, uplinks, createdAt);
  }

  /** With this policy and these uplinks. */
  public Site with(UplinkPolicy changed, List<Uplink> connections) {
    return new Site(name, sources, changed, connections, createdAt);
  }

  /**
   * With this uplink, in place of one of that name.
   *
   * @param place from 0, the preferred one; -1 to keep the place it has, or the last
   */
  public Site with(Uplink uplink, int place) {
    var changed = new ArrayList<>(uplinks);
    Uplink before = uplink(uplink.name());
    int at = before == null ? changed.size() : changed.indexOf(before);
    changed.remove(before);
    changed.add(Math.min(place < 0 ? at : place, changed.size()), uplink);
    return with(policy, changed);
  }

  /** Without the uplink of this name, if there is one. */
  public Site withoutUplink(String uplink) {
    return with(policy, uplinks.stream().filter(one -> !one.name().equals(uplink)).toList());
  }

  /** The uplink of this name, or null. */
  public @Nullable Uplink uplink(String uplink) {
    for (Uplink one : uplinks) {
      if (one.name().equals(uplink)) {
        return one;
      }
    }
    return null;
  }

  /** The name of the uplink that a report is about; empty if it does not say. */
  String uplinkOf(String said, String username) {
    for (Uplink uplink : uplinks) {
      if (username.equalsIgnoreCase(uplink.username())) {
        return uplink.name();
      }
    }
    return uplinks.isEmpty() ? "" : said;
  }
}
