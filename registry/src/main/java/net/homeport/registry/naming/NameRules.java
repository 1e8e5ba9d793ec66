package net.homeport.registry.naming;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.restriction.BrandsWithin;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.SetValue;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Refuses reserved and look-alike names, by lists that can be replaced while the server runs.
 * Thread safe.
 */
public final class NameRules implements HostNameCheck {
  private static final String OVERRIDE = "--force";

  private final NameListStore store;
  private final HostPolicies policies;
  private volatile ReservedNames reserved;
  private volatile LookAlikes lookAlikes;

  /** A list. */
  public enum Kind {
    /** Labels that no host may have. */
    RESERVED("reserved"),
    /** Brands that no host may be taken for. */
    BRANDS("brands");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Its name. */
    public String text() {
      return text;
    }

    /** The one of this name, or null. */
    public static @Nullable Kind of(String text) {
      return Arrays.stream(values())
          .filter(each -> each.text.equals(text))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * With the lists of the store, or those that Homeport brings.
   *
   * @param policies say what becomes of names that have a brand within a word
   */
  public NameRules(NameListStore store, HostPolicies policies) {
    this.store = store;
    this.policies = policies;
    this.reserved = ReservedNames.parse(text(Kind.RESERVED));
    this.lookAlikes = LookAlikes.parse(text(Kind.BRANDS));
  }

  /** The text of a list as it holds now. */
  public final String text(Kind kind) {
    String set = store.list(kind);
    return set == null ? brought(kind) : set;
  }

  /** Whether a list is the one that Homeport brings. */
  public boolean isBrought(Kind kind) {
    return store.list(kind) == null;
  }

  private static String brought(Kind kind) {
    try (InputStream in = NameRules.class.getResourceAsStream(kind.text + "-names.txt")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its list of names " + kind.text);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces a list. Hosts that exist already are not looked at.
   *
   * @param text null for the one that Homeport brings
   * @throws IllegalArgumentException that says what is wrong in which line
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void replace(Kind kind, @Nullable String text) {
    String whole = text == null ? brought(kind) : text;
    switch (kind) {
      case RESERVED -> {
        ReservedNames parsed = ReservedNames.parse(whole);
        store.put(kind, text);
        reserved = parsed;
      }
      case BRANDS -> {
        LookAlikes parsed = LookAlikes.parse(whole);
        store.put(kind, text);
        lookAlikes = parsed;
      }
    }
  }

  @Override
  public @Nullable Refusal refusal(Host host, @Nullable Credential joined, NameClaim claim) {
    if (hasAsterisk(host.name())) {
      return new Refusal("a wildcard answers for the names of others (RFC 4592)", "");
    }
    if (claim.force()) {
      return null;
    }
    String objection = reserved.objection(host.name(), host.zone());
    if (objection == null) {
      objection = lookAlikes.objection(host.name(), host.zone());
    }
    if (objection == null) {
      objection = refusedWithin(host);
    }
    return objection == null ? null : new Refusal(objection, OVERRIDE);
  }

  private @Nullable String refusedWithin(Host host) {
    SetValue<BrandsWithin> set = policies.effective(host.zone(), PolicySetting.BRANDS_WITHIN);
    String remark =
        set != null && set.value() == BrandsWithin.REFUSE
            ? lookAlikes.remark(host.name(), host.zone())
            : null;
    return remark == null || set == null ? null : remark + "; " + set.words();
  }

  /** What whoever looks at a host should know of its name; empty if nothing. */
  public List<String> remarks(Host host) {
    String remark = lookAlikes.remark(host.name(), host.zone());
    return remark == null ? List.of() : List.of(remark + ": look whether it is meant so");
  }

  /** Within a name, too: a name below a wildcard makes the wildcard exist. */
  private static boolean hasAsterisk(Name name) {
    for (int i = 0; i < name.labels(); i++) {
      if (name.getLabelString(i).equals("*")) {
        return true;
      }
    }
    return false;
  }
}
