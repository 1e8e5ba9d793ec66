package net.homeport.web.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.api.CredentialModel.ScopeView;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The scope of a credential from JSON and to it. */
final class ScopeReading {
  private static final Set<Integer> TYPES = Set.of(Type.A, Type.AAAA, Type.TXT);

  /** All doors at which credentials are taken, as they call themselves. */
  static final SortedSet<String> FRONT_DOORS =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              List.of(
                  "acme-dns",
                  "cloudflare",
                  "desec",
                  "duckdns",
                  "dyndns2",
                  "dynv6",
                  "freedns",
                  "gnudip")));

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private ScopeReading() {}

  /**
   * The scope of this JSON.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static CredentialScope scope(@Nullable ScopeView view) {
    if (view == null) {
      return CredentialScope.DEFAULT;
    }
    Long unused = view.unusedExpirySeconds();
    return new CredentialScope(
        names(view),
        types(view.types()),
        doors(view.frontDoors()),
        list(view.networks()).stream().map(AddressBlock::parse).toList(),
        instant(view.expiresAt()),
        unused == null ? null : Duration.ofSeconds(unused),
        view.requiresTls());
  }

  private static List<String> list(@Nullable List<String> given) {
    return given == null ? List.of() : given;
  }

  private static NameScope names(ScopeView view) {
    var entries = new ArrayList<NameScope.Entry>();
    list(view.hosts()).forEach(text -> entries.add(new NameScope.Entry(name(text), false)));
    list(view.subtrees()).forEach(text -> entries.add(new NameScope.Entry(name(text), true)));
    String site = view.site();
    if (site == null) {
      if (!entries.isEmpty()) {
        return new NameScope.Listed(entries);
      }
      // As one is shown whose hosts are gone: two lists of nothing.
      return view.hosts() == null || view.subtrees() == null ? NameScope.OWN : NameScope.NONE;
    }
    if (!entries.isEmpty()) {
      throw new IllegalArgumentException("a credential is for names or for a site, not for both");
    }
    return new NameScope.OfSite(siteName(site));
  }

  private static Name name(String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
    return name;
  }

  private static Set<Integer> types(@Nullable List<String> texts) {
    if (texts == null) {
      return CredentialScope.ANY_TYPE;
    }
    Set<Integer> types = new HashSet<>();
    for (String text : texts) {
      int type = Type.value(text);
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException(
            "'%s' is not a type that devices change; there are A, AAAA and TXT".formatted(text));
      }
      types.add(type);
    }
    return types;
  }

  private static Set<String> doors(@Nullable List<String> texts) {
    for (String text : list(texts)) {
      if (!FRONT_DOORS.contains(text)) {
        throw new IllegalArgumentException(
            "there is no front door '%s'; there are %s"
                .formatted(text, String.join(", ", FRONT_DOORS)));
      }
    }
    return new TreeSet<>(list(texts));
  }

  private static String siteName(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a site: 1 to 63 letters, digits, dots, hyphens".formatted(text));
    }
    return text;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          "'%s' is not a time such as 2027-01-01T00:00:00Z".formatted(text));
    }
  }

  static ScopeView view(CredentialScope scope) {
    List<String> hosts = null;
    List<String> subtrees = null;
    String site = null;
    switch (scope.names()) {
      case NameScope.Own _ -> {}
      case NameScope.None _ -> {
        hosts = List.of();
        subtrees = List.of();
      }
      case NameScope.OfSite of -> site = of.site();
      case NameScope.Listed listed -> {
        hosts = names(listed, false);
        subtrees = names(listed, true);
      }
    }
    Instant end = scope.expiresAt();
    Duration unused = scope.unusedExpiry();
    return new ScopeView(
        hosts,
        subtrees,
        site,
        scope.allowsType(Type.ANY) ? null : scope.types().stream().map(Type::string).toList(),
        List.copyOf(scope.frontDoors()),
        scope.networks().stream().map(AddressBlock::toString).toList(),
        end == null ? null : end.toString(),
        unused == null ? null : unused.toSeconds(),
        scope.requiresTls());
  }

  private static List<String> names(NameScope.Listed listed, boolean subtrees) {
    return listed.entries().stream()
        .filter(entry -> entry.subtree() == subtrees)
        .map(entry -> ApiNames.text(entry.name()))
        .toList();
  }
}
