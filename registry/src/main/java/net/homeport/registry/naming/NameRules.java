package net.homeport.registry.naming;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.NameClaim;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Refuses reserved and look-alike names, by lists that can be replaced while the server runs.
 * Thread safe.
 */
public final class NameRules implements HostNameCheck {
  private static final String OVERRIDE = "--force";

  private final NameListStore store;
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

  /** With the lists of the store, or those that Homeport brings. */
  public NameRules(NameListStore store) {
    this.store = store;
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
    return objection == null ? null : new Refusal(objection, OVERRIDE);
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
