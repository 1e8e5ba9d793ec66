package net.homeport.registry.enrolment;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.CredentialChange;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.NewCredential;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.KeyChange;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.KeySecret;
import net.homeport.registry.key.NewKey;
import net.homeport.registry.policy.OwnerPattern;
import net.homeport.registry.policy.UpdateRule;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One-time codes, and what devices get for them. A code is 60 random bits, kept as a keyed hash; it
 * works once, until it expires, and who sends wrong ones is slowed down. Thread safe; changes come
 * one after the other, stored first.
 */
public final class Enrolments {
  /** Most codes that wait to be used. */
  public static final int PENDING_MAX = 10_000;

  /** Longest life of a code. */
  public static final Duration VALID_MAX = Duration.ofDays(30);

  /** Shortest life of a code. */
  public static final Duration VALID_MIN = Duration.ofMinutes(1);

  private static final String FRONT_DOOR = "enrol";
  private static final int CODE_CHARACTERS = 12;
  private static final int CODE_GROUP = 4;
  private static final int SAME_NAMES_MAX = 100;
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?");

  private final HostRegistry hosts;
  private final HostCredentials credentials;
  private final KeyRegistry keys;
  private final EnrolmentStore store;
  private final SecretHasher hasher;
  private final RejectedAttempts rejected;
  private final InstantSource clock;
  private final FailedAttempts attempts;
  private final Map<SecretHash, PendingEnrolment> pending = new ConcurrentHashMap<>();

  /** Loads what the store holds. */
  public Enrolments(
      HostRegistry hosts,
      HostCredentials credentials,
      KeyRegistry keys,
      EnrolmentStore store,
      SecretHasher hasher,
      RejectedAttempts rejected,
      InstantSource clock) {
    this.hosts = hosts;
    this.credentials = credentials;
    this.keys = keys;
    this.store = store;
    this.hasher = hasher;
    this.rejected = rejected;
    this.clock = clock;
    this.attempts = new FailedAttempts(clock);
    store.pending().forEach(enrolment -> pending.put(enrolment.code(), enrolment));
    hosts.whenLeaving(this::leaving);
  }

  /**
   * The codes of a host end with it. Takes no lock: who enrols holds ours, and waits for the
   * registry's, which is held here.
   */
  private void leaving(Host host) {
    for (PendingEnrolment enrolment : List.copyOf(pending.values())) {
      if (enrolment.host().equals(host.name())) {
        store.remove(enrolment.code());
        pending.remove(enrolment.code());
      }
    }
  }

  /**
   * Makes a code.
   *
   * @param label how the device is called: 1 to 40 letters, digits and hyphens
   * @param valid how long it works, from {@link #VALID_MIN} to {@link #VALID_MAX}
   * @param by who asks for it
   * @throws RegistryStoreException when it could not be stored
   */
  public synchronized EnrolmentOffer offer(
      Name host, EnrolmentKind kind, String label, Duration valid, String by) {
    if (hosts.host(host) == null) {
      return new EnrolmentOffer.Refused(
          "there is no host '%s'; add it first ('homeport host add')"
              .formatted(host.toString(true)));
    }
    if (!LABEL.matcher(label).matches()) {
      return new EnrolmentOffer.Refused(
          "'%s' cannot name a device: 1 to 40 letters, digits and hyphens".formatted(label));
    }
    if (valid.compareTo(VALID_MIN) < 0 || valid.compareTo(VALID_MAX) > 0) {
      return new EnrolmentOffer.Refused(
          "a code is valid from %d minute to %d days"
              .formatted(VALID_MIN.toMinutes(), VALID_MAX.toDays()));
    }
    Instant now = clock.instant();
    forgetExpired(now);
    if (pending.size() >= PENDING_MAX) {
      return new EnrolmentOffer.Refused(
          "%d codes wait to be used, and no more can be made; wait until some expire, or revoke some ('homeport credential revoke-code')"
              .formatted(PENDING_MAX));
    }
    String code;
    PendingEnrolment enrolment;
    do {
      code = newCode();
      enrolment = new PendingEnrolment(hash(code), host, kind, label, now, now.plus(valid), 0, by);
    } while (called(enrolment.id()) != null);
    store.put(enrolment);
    pending.put(enrolment.code(), enrolment);
    return new EnrolmentOffer.Offered(code, enrolment);
  }

  private @Nullable PendingEnrolment called(String id) {
    return pending.values().stream()
        .filter(enrolment -> enrolment.id().equalsIgnoreCase(id))
        .findFirst()
        .orElse(null);
  }

  /**
   * The codes that work now, those that expire first before the others.
   *
   * @param host only of this one; null for all
   */
  public List<PendingEnrolment> pending(@Nullable Name host) {
    Instant now = clock.instant();
    return pending.values().stream()
        .filter(enrolment -> host == null || enrolment.host().equals(host))
        .filter(enrolment -> isValid(enrolment, now))
        .sorted(
            Comparator.comparing(PendingEnrolment::expiresAt).thenComparing(PendingEnrolment::id))
        .toList();
  }

  /**
   * Makes that a code is worth nothing any more.
   *
   * @param id of {@link PendingEnrolment#id}, in any letter case
   * @return which it was; null if there is none
   * @throws RegistryStoreException when it could not be removed; it still works then
   */
  public synchronized @Nullable PendingEnrolment revoke(String id) {
    PendingEnrolment enrolment = called(id);
    if (enrolment != null) {
      store.remove(enrolment.code());
      pending.remove(enrolment.code());
    }
    return enrolment;
  }

  private void forgetExpired(Instant now) {
    for (PendingEnrolment enrolment : List.copyOf(pending.values())) {
      if (!isValid(enrolment, now)) {
        store.remove(enrolment.code());
        pending.remove(enrolment.code());
      }
    }
  }

  private boolean isValid(PendingEnrolment enrolment, Instant now) {
    Host host = hosts.host(enrolment.host());
    return now.isBefore(enrolment.expiresAt())
        && enrolment.tries() < PendingEnrolment.TRIES_MAX
        // Not of a host that was removed, and added anew by somebody else.
        && host != null
        && !host.createdAt().isAfter(enrolment.createdAt());
  }

  /** 12 characters of 5 bits, in groups that can be read aloud. */
  private String newCode() {
    String characters = hasher.newSecret().substring(0, CODE_CHARACTERS);
    var code = new StringBuilder(CODE_CHARACTERS + 2);
    for (int i = 0; i < CODE_CHARACTERS; i++) {
      if (i > 0 && i % CODE_GROUP == 0) {
        code.append('-');
      }
      code.append(characters.charAt(i));
    }
    return code.toString().toUpperCase(Locale.ROOT);
  }

  /** As typed: letter case, hyphens and blanks do not matter. */
  private SecretHash hash(String code) {
    return hasher.hash("enrolment " + code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
  }

  /**
   * Turns a code into what its device changes its host with.
   *
   * @param key the data of a KEY record, for {@link EnrolmentKind#SIG0}; else empty
   * @param keyName the name of that key; empty if it is the host's
   * @throws RegistryStoreException when it could not be stored; the code still works then
   */
  public synchronized EnrolmentResult enrol(
      String code, String key, String keyName, InetAddress source) {
    Duration wait = attempts.wait(source, 0);
    if (wait != null) {
      return new EnrolmentResult.Postponed(wait);
    }
    SecretHash hash = hash(code);
    PendingEnrolment enrolment = pending.get(hash);
    Host host = enrolment == null ? null : hosts.host(enrolment.host());
    if (enrolment == null || host == null || !isValid(enrolment, clock.instant())) {
      attempts.failed(source, 0, hash);
      String why =
          enrolment == null ? "unknown or used code" : "the code is worth nothing any more";
      reject(source, enrolment, why);
      return new EnrolmentResult.Unknown();
    }
    // First out of the store: whatever comes between, it never works twice.
    store.remove(hash);
    pending.remove(hash);
    try {
      EnrolmentResult result =
          switch (enrolment.kind()) {
            case TOKEN -> token(host, enrolment);
            case TSIG -> tsig(host, enrolment);
            case SIG0 -> sig0(host, enrolment, key, keyName);
          };
      if (result instanceof EnrolmentResult.Unusable unusable) {
        again(enrolment.tried());
        reject(source, enrolment, unusable.why());
      }
      return result;
    } catch (RegistryStoreException e) {
      again(enrolment);
      throw e;
    }
  }

  private void again(PendingEnrolment enrolment) {
    if (hosts.host(enrolment.host()) == null) {
      return;
    }
    store.put(enrolment);
    pending.put(enrolment.code(), enrolment);
  }

  private void reject(InetAddress source, @Nullable PendingEnrolment enrolment, String why) {
    rejected.record(
        new RejectedAttempt(
            "",
            FRONT_DOOR,
            source,
            enrolment == null ? List.of() : List.of(enrolment.host().toString(true)),
            "enrolment",
            why,
            clock.instant()));
  }

  private EnrolmentResult token(Host host, PendingEnrolment enrolment) {
    var names = new NameScope.Listed(List.of(new NameScope.Entry(host.name(), false)));
    for (int number = 1; number <= SAME_NAMES_MAX; number++) {
      String username = numbered(enrolment.label(), number) + "@" + host.name().toString(true);
      CredentialChange change =
          credentials.add(
              new NewCredential(
                  username, "enrolled by code", CredentialScope.DEFAULT.with(names), false));
      switch (change) {
        case CredentialChange.Done done when done.secret() != null -> {
          return new EnrolmentResult.Token(host, username, done.secret());
        }
        case CredentialChange.Refused refused -> {
          return new EnrolmentResult.Unusable(refused.why());
        }
        case CredentialChange.AlreadyThere _,
            CredentialChange.Done _,
            CredentialChange.NoSuchCredential _ -> {}
      }
    }
    return tooMany(enrolment);
  }

  private static String numbered(String label, int number) {
    return number == 1 ? label : label + "-" + number;
  }

  private static EnrolmentResult tooMany(PendingEnrolment enrolment) {
    return new EnrolmentResult.Unusable(
        "%d devices of this host are called %s; remove some"
            .formatted(SAME_NAMES_MAX, enrolment.label()));
  }

  private static List<UpdateRule> rules(Host host) {
    return List.of(
        new UpdateRule(
            List.of(host.zone()),
            List.of(new OwnerPattern.Exact(host.name())),
            Set.of(Type.A, Type.AAAA),
            EnumSet.allOf(UpdateRule.Operation.class),
            false,
            List.of(),
            null));
  }

  private EnrolmentResult tsig(Host host, PendingEnrolment enrolment) {
    for (int number = 1; number <= SAME_NAMES_MAX; number++) {
      Name name;
      try {
        name = new Name(numbered(enrolment.label(), number), host.name());
      } catch (TextParseException _) {
        return new EnrolmentResult.Unusable(
            "the host's name is too long for a key below it; make a code for a token");
      }
      KeyChange change =
          keys.add(
              new NewKey(
                  name,
                  new NewKey.Material.Shared(HmacAlgorithm.HMAC_SHA256, null, false),
                  "enrolled by code",
                  rules(host)));
      switch (change) {
        case KeyChange.Done done -> {
          KeySecret made = done.secret();
          if (made != null) {
            return new EnrolmentResult.TsigKey(host, name, HmacAlgorithm.HMAC_SHA256, made.value());
          }
        }
        case KeyChange.Refused refused -> {
          return new EnrolmentResult.Unusable(refused.why());
        }
        case KeyChange.AlreadyThere _, KeyChange.NoSuchKey _, KeyChange.NoSuchRule _ -> {}
      }
    }
    return tooMany(enrolment);
  }

  private EnrolmentResult sig0(
      Host host, PendingEnrolment enrolment, String rdata, String keyName) {
    Name name;
    KEYRecord half;
    try {
      name = keyName.isEmpty() ? host.name() : Name.fromString(keyName, Name.root);
      half = (KEYRecord) Record.fromString(name, Type.KEY, DClass.IN, 0, rdata, Name.root);
    } catch (IOException | IllegalArgumentException _) {
      return new EnrolmentResult.Unusable(
          "key is not the data of a KEY record, such as '512 3 15 BASE64'; 'dnssec-keygen -T KEY -a ED25519 -n HOST %s' makes one"
              .formatted(enrolment.host().toString(true)));
    }
    if (!name.subdomain(host.name())) {
      return new EnrolmentResult.Unusable(
          "the key's name is the host's, %s, or below it".formatted(host.name().toString(true)));
    }
    return switch (keys.add(
        new NewKey(name, new NewKey.Material.PublicHalf(half), "enrolled by code", rules(host)))) {
      case KeyChange.Done _ -> new EnrolmentResult.Sig0Key(host, name);
      case KeyChange.Refused refused -> new EnrolmentResult.Unusable(refused.why());
      case KeyChange.AlreadyThere _ ->
          new EnrolmentResult.Unusable(
              "there is a key named %s already; name this one otherwise, below it"
                  .formatted(name.toString(true)));
      case KeyChange.NoSuchKey _, KeyChange.NoSuchRule _ ->
          throw new IllegalStateException("a key that is added needs none");
    };
  }
}
