package net.homeport.registry.host;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialStore;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.OlderSecret;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.credential.SigningSecret;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Changes credentials: adds some beside those that hosts have, replaces secrets, says what they are
 * for. Changes come one after the other, with those of the {@link HostRegistry}, stored first.
 */
public final class HostCredentials {
  /** Most credentials that stand for themselves. */
  public static final int SEPARATE_MAX = 200_000;

  /** Longest time for which a replaced secret stays valid. */
  public static final Duration OVERLAP_MAX = Duration.ofDays(365);

  private static final Comparator<Credential> BY_USERNAME =
      Comparator.comparing(Credential::username);

  private final HostRegistry registry;
  private final CredentialStore store;
  private final CredentialUses uses;
  private final RequestSignatures signatures;
  private final SecretHasher hasher;

  /**
   * Loads what the store holds into the registry.
   *
   * @throws RegistryStoreException when it cannot be read
   */
  public HostCredentials(
      HostRegistry registry,
      CredentialStore store,
      CredentialUses uses,
      RequestSignatures signatures,
      SecretHasher hasher) {
    this.registry = registry;
    this.store = store;
    this.uses = uses;
    this.signatures = signatures;
    this.hasher = hasher;
    synchronized (registry) {
      for (CredentialProfile profile : store.profiles()) {
        Credential credential = registry.credentials().numbered(profile.credentialId());
        if (credential != null) {
          registry.credentials().put(credential, profile);
        }
      }
      // A host whose removal was the last thing before the power went.
      registry.credentials().profiles().stream()
          .filter(CredentialProfile::separate)
          .toList()
          .forEach(profile -> prune(profile, null));
    }
    registry.whenLeaving(this::leaving);
  }

  /** All credentials, or those that may change this host, in order of their user names. */
  public List<Credential> credentials(@Nullable Host host, HostGrants grants) {
    return wanted(host, grants).sorted(BY_USERNAME).toList();
  }

  /**
   * The first of those whose user names come after this one; looks at all, once, and sorts only
   * these.
   *
   * @param shown which of them are wanted; asked only of those that would be among the first
   * @param limit how many at most
   */
  public List<Credential> next(
      @Nullable Host host,
      HostGrants grants,
      Predicate<Credential> shown,
      String after,
      long limit) {
    var first = new PriorityQueue<Credential>(BY_USERNAME.reversed());
    wanted(host, grants)
        .filter(credential -> credential.username().compareTo(after) > 0)
        .forEach(credential -> {
          boolean isFull = first.size() >= limit;
          if ((!isFull || BY_USERNAME.compare(credential, first.element()) < 0)
              && shown.test(credential)) {
            first.add(credential);
            if (isFull) {
              first.remove();
            }
          }
        });
    return first.stream().sorted(BY_USERNAME).toList();
  }

  private Stream<Credential> wanted(@Nullable Host host, HostGrants grants) {
    return host == null ? registry.credentials().all().stream() : changing(host, grants);
  }

  /** One of which nothing is special is for its own hosts alone, so no other such is looked at. */
  private Stream<Credential> changing(Host host, HostGrants grants) {
    Stream<Credential> others =
        registry.credentials().profiles().stream()
            .filter(profile -> profile.credentialId() != host.credentialId())
            .map(profile -> registry.credentials().numbered(profile.credentialId()));
    return Stream.concat(Stream.ofNullable(registry.credentialOf(host)), others)
        .filter(Objects::nonNull)
        .filter(credential -> grants.mayChange(credential, host));
  }

  /** What is special about a credential; the plain profile if nothing is. */
  public CredentialProfile profile(Credential credential) {
    CredentialProfile profile = registry.profile(credential);
    return profile == null ? CredentialProfile.plain(credential.id()) : profile;
  }

  /** When it was last used, to the minute; null if never. */
  public @Nullable Instant lastUse(Credential credential) {
    return uses.lastUse(credential.id());
  }

  /** As fine as the store keeps it. */
  private Instant now() {
    return registry.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Adds a credential that stands for itself.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public CredentialChange add(NewCredential wanted) {
    synchronized (registry) {
      Credential present = registry.credential(wanted.username());
      if (present != null) {
        return new CredentialChange.AlreadyThere(present);
      }
      String objection = objection(wanted);
      if (objection != null) {
        return new CredentialChange.Refused(objection);
      }
      Instant now = now();
      String secret = hasher.newSecret();
      long id = registry.credentials().nextId();
      var credential = new Credential(id, wanted.username(), hasher.hash(secret), now);
      String signing = wanted.signs() ? hasher.newSecret() : null;
      List<SigningSecret> signs =
          signing == null ? List.of() : List.of(signatures.sealed(id, signing, now));
      var profile =
          new CredentialProfile(
              id, true, wanted.comment(), false, null, List.of(), signs, wanted.scope());
      store.add(credential, profile);
      registry.credentials().put(credential, profile);
      return new CredentialChange.Done(credential, profile, secret, signing);
    }
  }

  private @Nullable String objection(NewCredential wanted) {
    String username = wanted.username();
    if (username.isBlank()
        || username.length() > NewCredential.USERNAME_MAX
        || username.chars().anyMatch(c -> c <= ' ' || c == ':' || c == '/' || c > '~')) {
      return "'%s' is not a user name: 1 to %d visible characters of ASCII, without ':' and '/'"
          .formatted(username, NewCredential.USERNAME_MAX);
    }
    if (wanted.comment().length() > CredentialProfile.COMMENT_MAX) {
      return "a comment has at most %d characters".formatted(CredentialProfile.COMMENT_MAX);
    }
    if (registry.credentials().profiles().size() >= SEPARATE_MAX) {
      return "there are %d credentials beside those of hosts, and no more can be added; remove some"
          .formatted(SEPARATE_MAX);
    }
    if (wanted.scope().names() instanceof NameScope.Own
        || wanted.scope().names() instanceof NameScope.None) {
      return "say which hosts it is for: a host, a subtree, or a site";
    }
    return objection(wanted.scope(), CredentialScope.DEFAULT);
  }

  private @Nullable String objection(CredentialScope scope, CredentialScope before) {
    Instant end = scope.expiresAt();
    if (end != null && !end.equals(before.expiresAt()) && !now().isBefore(end)) {
      return "it would never be taken: %s is over; give a time that is to come, or 90d from now"
          .formatted(end);
    }
    if (!(scope.names() instanceof NameScope.Listed listed)) {
      return null;
    }
    for (NameScope.Entry entry : listed.entries()) {
      if (!entry.subtree() && registry.host(entry.name()) == null) {
        return "there is no host '%s'; add it first ('homeport host add'), or name a subtree"
            .formatted(entry.name().toString(true));
      }
    }
    return null;
  }

  /** One change of a credential that is there. */
  @FunctionalInterface
  private interface Deed {
    CredentialChange of(Credential credential, CredentialProfile profile);
  }

  private CredentialChange change(String username, Deed deed) {
    synchronized (registry) {
      Credential credential = registry.credential(username);
      return credential == null
          ? new CredentialChange.NoSuchCredential(username)
          : deed.of(credential, profile(credential));
    }
  }

  private CredentialChange done(
      Credential credential,
      CredentialProfile profile,
      @Nullable String secret,
      @Nullable String signing) {
    store.change(credential, profile);
    registry.credentials().put(credential, profile);
    return new CredentialChange.Done(credential, profile, secret, signing);
  }

  /**
   * Gives a credential another secret; those that it has stay valid for a while. So does it with
   * the secret that signs, if it has one.
   *
   * @param overlap how long, from nothing to {@link #OVERLAP_MAX}
   * @throws RegistryStoreException when it could not be stored; the old secrets stay then
   */
  public CredentialChange rotate(String username, Duration overlap) {
    return change(username, (credential, profile) -> rotated(credential, profile, overlap));
  }

  private CredentialChange rotated(
      Credential credential, CredentialProfile profile, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
      return new CredentialChange.Refused(
          "the overlap is from nothing to %d days".formatted(OVERLAP_MAX.toDays()));
    }
    Instant now = now();
    Instant end = now.plus(overlap);
    Instant made = profile.secretCreatedAt();
    var older = new ArrayList<OlderSecret>();
    older.add(
        new OlderSecret(
            credential.secretHash(), made == null ? credential.createdAt() : made, end));
    profile.older().forEach(one -> older.add(one.until(end)));
    older.removeIf(one -> !one.isValid(now));
    List<SigningSecret> signing = new ArrayList<>();
    profile.signing().forEach(one -> signing.add(one.until(end)));
    signing.removeIf(one -> !one.isValid(now));
    if (Math.max(older.size(), signing.size()) >= CredentialProfile.SECRETS_MAX) {
      return new CredentialChange.Refused(
          "%d older secrets are still valid, and no more can be; wait, or rotate with --overlap 0s, which ends them"
              .formatted(CredentialProfile.SECRETS_MAX - 1));
    }
    String secret = hasher.newSecret();
    String signingSecret = null;
    if (!profile.signing().isEmpty()) {
      signingSecret = hasher.newSecret();
      signing.addFirst(signatures.sealed(credential.id(), signingSecret, now));
    }
    return done(
        new Credential(
            credential.id(), credential.username(), hasher.hash(secret), credential.createdAt()),
        profile.rotated(now, older).signing(signing),
        secret,
        signingSecret);
  }

  /**
   * Lets a credential sign requests, with a secret made for it, or no more.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public CredentialChange sign(String username, boolean on) {
    return change(
        username,
        (credential, profile) -> {
          if (!on) {
            return done(credential, profile.signing(List.of()), null, null);
          }
          if (!profile.signing().isEmpty()) {
            return new CredentialChange.Refused(
                "it signs already; 'homeport credential rotate' gives it another secret for that");
          }
          String signing = hasher.newSecret();
          List<SigningSecret> one = List.of(signatures.sealed(credential.id(), signing, now()));
          return done(credential, profile.signing(one), null, signing);
        });
  }

  /**
   * Takes a credential's force away for a while, or gives it back.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public CredentialChange disable(String username, boolean disabled) {
    return change(
        username,
        (credential, profile) -> done(credential, profile.disabled(disabled), null, null));
  }

  /**
   * Says what a credential is for.
   *
   * @throws RegistryStoreException when it could not be stored
   */
  public CredentialChange scope(String username, CredentialScope scope) {
    return change(
        username,
        (credential, profile) -> {
          String objection =
              profile.separate() && scope.names() instanceof NameScope.Own
                  ? "it has no hosts of its own; say which hosts it is for"
                  : objection(scope, profile.scope());
          return objection == null
              ? done(credential, profile.with(scope), null, null)
              : new CredentialChange.Refused(objection);
        });
  }

  /**
   * Removes a credential that stands for itself.
   *
   * @throws RegistryStoreException when it could not be stored; it is still there
   */
  public CredentialChange remove(String username) {
    return change(
        username,
        (credential, profile) -> {
          if (!profile.separate() || registry.hasHosts(credential)) {
            return new CredentialChange.Refused(
                "hosts were added with it, and it ends with the last of them ('homeport host remove'); 'homeport credential disable' takes its force away, 'rotate --overlap 0s' its secret");
          }
          store.remove(credential.id());
          registry.credentials().remove(credential);
          return new CredentialChange.Done(credential, profile, null, null);
        });
  }

  /** Whoever gets this name next shall not be changed by the credentials of who had it. */
  private void leaving(Host host) {
    registry.credentials().listing(host.name()).forEach(profile -> prune(profile, host.name()));
  }

  /**
   * Forgets names of hosts that are gone, and a credential that has no other.
   *
   * @param leaving one that is as good as gone
   */
  private void prune(CredentialProfile profile, @Nullable Name leaving) {
    Credential credential = registry.credentials().numbered(profile.credentialId());
    if (credential == null || !(profile.scope().names() instanceof NameScope.Listed listed)) {
      return;
    }
    List<NameScope.Entry> left =
        listed.entries().stream()
            .filter(entry ->
                entry.subtree()
                    || (registry.host(entry.name()) != null && !entry.name().equals(leaving)))
            .toList();
    if (left.size() == listed.entries().size()) {
      return;
    }
    if (!left.isEmpty()) {
      done(credential, profile.with(profile.scope().with(new NameScope.Listed(left))), null, null);
    } else if (profile.separate() && !hasHostsBut(leaving, credential)) {
      store.remove(credential.id());
      registry.credentials().remove(credential);
    } else {
      // Never all those that were added with it: it was for these only.
      done(credential, profile.with(profile.scope().with(NameScope.NONE)), null, null);
    }
  }

  private boolean hasHostsBut(@Nullable Name leaving, Credential credential) {
    return registry.addedWith(credential, Name.root, 2).stream()
        .anyMatch(host -> !host.name().equals(leaving));
  }
}
