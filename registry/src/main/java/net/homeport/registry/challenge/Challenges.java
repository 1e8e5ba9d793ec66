package net.homeport.registry.challenge;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.update.NameVeto;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.lease.UpdateLease;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.update.ZoneUpdate.AliasConflict;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Publishes answers to ACME's DNS challenges, and knows the clients that may. Thread safe; blocks
 * the caller until an answer is durable and visible.
 */
public final class Challenges {
  /** Answers at one name; one more takes the place of all. A wildcard needs two at a time. */
  public static final int ANSWERS_MAX = 8;

  /** Registrations of one host; one more has to wait until another is removed. */
  public static final int REGISTRATIONS_MAX = 100;

  /** After that an answer leaves DNS by itself: by then the authority has looked. */
  public static final Duration LIFE = Duration.ofHours(1);

  /** An answer is looked for once; a short TTL lets the next one be seen. */
  private static final long TTL = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Challenges.class);

  /** Who takes out the answers of a host that was removed, in the history. */
  private static final String REMOVAL = "removal";

  private final ChallengeStore store;
  private final RegistrationStanding standing;
  private final ZoneWriter writer;
  private final SecretHasher hasher;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final RejectedAttempts rejected;
  private final NameVeto veto;
  private final SecretHash nobodysHash;
  private final FailedAttempts attempts;
  private final Map<String, ChallengeRegistration> registrations = new ConcurrentHashMap<>();
  private final Map<Name, List<ChallengeRegistration>> byHost = new ConcurrentHashMap<>();

  /**
   * Loads what the store holds.
   *
   * @param random a cryptographically strong source
   * @param veto names of which nothing may change
   */
  public Challenges(
      ChallengeStore store,
      RegistrationStanding standing,
      ZoneWriter writer,
      SecretHasher hasher,
      InstantSource clock,
      RandomGenerator random,
      RejectedAttempts rejected,
      NameVeto veto) {
    this.veto = veto;
    this.store = store;
    this.standing = standing;
    this.writer = writer;
    this.hasher = hasher;
    this.clock = clock;
    this.random = random;
    this.rejected = rejected;
    this.attempts = new FailedAttempts(clock);
    this.nobodysHash = hasher.hash(hasher.newSecret());
    store.registrations().forEach(this::remember);
    // A host whose removal was the last thing before the power went.
    registrations().stream().filter(standing::isOrphaned).forEach(one -> remove(one.id()));
  }

  private void remember(ChallengeRegistration registration) {
    registrations.put(registration.id(), registration);
    byHost.merge(
        registration.host(),
        List.of(registration),
        (all, more) -> Stream.concat(all.stream(), more.stream()).toList());
  }

  /**
   * A registration, just made.
   *
   * @param secret shown this once
   */
  public record Registered(ChallengeRegistration registration, String secret) {
    @Override
    public String toString() {
      return "Registered[" + registration.id() + "]";
    }
  }

  /**
   * Lets a client answer the challenges of a host; null if the host has as many clients as it may.
   *
   * @param allowedFrom from where; empty for anywhere
   * @param maker may do all that the client may, or the client may no more either
   */
  public synchronized @Nullable Registered register(
      Host host, List<AddressBlock> allowedFrom, Credential maker) {
    of(host.name()).stream().filter(standing::isOrphaned).forEach(one -> remove(one.id()));
    if (of(host.name()).size() >= REGISTRATIONS_MAX) {
      return null;
    }
    // 40 characters, as acme-dns gives: one and a half of our secrets.
    String secret = (hasher.newSecret() + hasher.newSecret()).substring(0, 40);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    var registration =
        new ChallengeRegistration(
            id, host.name(), hasher.hash(secret), allowedFrom, clock.instant(), maker.id());
    store.put(registration);
    remember(registration);
    return new Registered(registration, secret);
  }

  /** All clients, in order of their hosts' names, oldest first. */
  public List<ChallengeRegistration> registrations() {
    return registrations.values().stream()
        .sorted(
            Comparator.comparing(ChallengeRegistration::host)
                .thenComparing(ChallengeRegistration::createdAt))
        .toList();
  }

  /** The client of this id, or null. */
  public @Nullable ChallengeRegistration registration(String id) {
    return registrations.get(id);
  }

  /** The clients of a host, oldest first. */
  public List<ChallengeRegistration> of(Name host) {
    return byHost.getOrDefault(host, List.of()).stream()
        .sorted(Comparator.comparing(ChallengeRegistration::createdAt))
        .toList();
  }

  /** Removes a client: it may answer nothing any more. Returns false if there is none. */
  public synchronized boolean remove(String id) {
    ChallengeRegistration found = registrations.get(id);
    if (found == null) {
      return false;
    }
    store.remove(id);
    registrations.remove(id);
    byHost.computeIfPresent(
        found.host(),
        (_, all) -> {
          List<ChallengeRegistration> left =
              all.stream().filter(one -> !one.equals(found)).toList();
          return left.isEmpty() ? null : left;
        });
    return true;
  }

  /**
   * Publishes an answer.
   *
   * @param id of the client
   * @param secret what it proves itself with
   * @param target which registration it speaks of; must be its own
   * @param answer the value of the TXT record
   */
  public ChallengeOutcome publish(
      String id, String secret, String target, String answer, RequestOrigin origin) {
    ChallengeRegistration found = registrations.get(id);
    SecretHash given = hasher.hash(secret);
    boolean right = given.isSame(found == null ? nobodysHash : found.secretHash());
    long number = found == null ? 0 : number(found);
    Duration wait = attempts.wait(origin.source(), right ? number : 0);
    if (wait != null && !(found != null && right && isAtHost(found, origin.source()))) {
      return new ChallengeOutcome.Postponed(wait);
    }
    if (found == null || !right) {
      attempts.failed(origin.source(), number, given);
      return forbidden(id, answer, origin, "unknown client or wrong secret");
    }
    attempts.succeeded(origin.source(), number);
    if (!found.id().equals(target)) {
      return forbidden(id, answer, origin, "not its own name");
    }
    if (!found.allows(origin.source())) {
      return forbidden(id, answer, origin, "not allowed from this address");
    }
    String objection = standing.objection(found, origin);
    Host host = standing.host(found);
    return objection != null || host == null
        ? forbidden(id, answer, origin, objection == null ? "its host is gone" : objection)
        : publish(host, answer, id, origin);
  }

  /** By which wrong secrets for a client are counted; never 0. */
  private static long number(ChallengeRegistration client) {
    return (long) client.id().hashCode() << Integer.SIZE
        | Integer.toUnsignedLong(client.secretHash().hashCode())
        | 1;
  }

  /** Whether the client asks from where DNS says that its host is. */
  private boolean isAtHost(ChallengeRegistration client, InetAddress source) {
    Host host = standing.host(client);
    int type = source instanceof Inet4Address ? Type.A : Type.AAAA;
    return host != null && HostAddresses.of(writer.snapshot(), host, type).contains(source);
  }

  /** Forgets the clients of a host that will be removed: none may answer for its next owner. */
  public void leaving(Host host) {
    of(host.name()).forEach(one -> remove(one.id()));
  }

  /** Takes the answers of a host that was removed out of DNS, and who registered meanwhile. */
  public void removed(Host host) {
    leaving(host);
    stopped(host);
  }

  /** Takes the answers of a host that was removed or blocked out of DNS. */
  public void stopped(Host host) {
    if (answers(host).isEmpty()) {
      return;
    }
    ChallengeOutcome outcome =
        withdraw(host, null, new Attribution(REMOVAL, REMOVAL, null, clock.instant()));
    if (!(outcome instanceof ChallengeOutcome.Published)) {
      LOG.warn(
          "answers to challenges of {}, which was removed or blocked, stand in DNS until their lease ends: {}",
          host.name(),
          outcome);
    }
  }

  private ChallengeOutcome forbidden(String id, String answer, RequestOrigin origin, String why) {
    rejected.record(
        new RejectedAttempt(
            id,
            origin.frontDoor(),
            origin.source(),
            List.of(),
            "TXT " + answer,
            why,
            clock.instant()));
    return new ChallengeOutcome.Forbidden(why);
  }

  /**
   * Publishes an answer for a host, on behalf of someone who may.
   *
   * @param actor who, for the history
   */
  public ChallengeOutcome publish(Host host, String answer, String actor, RequestOrigin origin) {
    Name owner = ChallengeNames.nameOf(host.name());
    if (owner == null) {
      return new ChallengeOutcome.Refused(
          "the host's name leaves no room for " + ChallengeNames.LABEL);
    }
    String objection = veto.against(host.name());
    if (objection != null) {
      return forbidden(actor, answer, origin, objection);
    }
    var record = new TXTRecord(owner, DClass.IN, TTL, answer);
    var operations = new ArrayList<UpdateOperation>(2);
    if (answersAt(host, owner).size() >= ANSWERS_MAX) {
      operations.add(new UpdateOperation.DeleteRrset(owner, Type.TXT));
    }
    operations.add(new UpdateOperation.AddRecord(record));
    ChallengeOutcome outcome =
        submitted(
            host,
            operations,
            new UpdateLease(LIFE.toSeconds(), LIFE.toSeconds()),
            attribution(actor, origin));
    if (outcome instanceof ChallengeOutcome.Published) {
      // It was removed or blocked meanwhile, perhaps after its answers were taken out.
      String late = standing.isThere(host) ? veto.against(host.name()) : "its host is gone";
      if (late != null) {
        stopped(host);
        return forbidden(actor, answer, origin, late);
      }
    }
    return outcome;
  }

  private Attribution attribution(String actor, RequestOrigin origin) {
    return new Attribution(actor, origin.frontDoor(), origin.source(), clock.instant());
  }

  /** Takes an answer away; all answers of the host if it is null. */
  public ChallengeOutcome withdraw(
      Host host, @Nullable String answer, String actor, RequestOrigin origin) {
    return withdraw(host, answer, attribution(actor, origin));
  }

  private ChallengeOutcome withdraw(Host host, @Nullable String answer, Attribution actor) {
    Name owner = ChallengeNames.nameOf(host.name());
    if (owner == null) {
      return new ChallengeOutcome.Published();
    }
    UpdateOperation operation =
        answer == null
            ? new UpdateOperation.DeleteRrset(owner, Type.TXT)
            : new UpdateOperation.DeleteRecord(new TXTRecord(owner, DClass.IN, TTL, answer));
    return submitted(host, List.of(operation), null, actor);
  }

  /** The answers that stand now. */
  public List<String> answers(Host host) {
    Name owner = ChallengeNames.nameOf(host.name());
    return owner == null
        ? List.of()
        : answersAt(host, owner).stream()
            .map(record ->
                ((TXTRecord) record)
                    .getStringsAsByteArrays().stream()
                        .map(part -> new String(part, StandardCharsets.UTF_8))
                        .reduce("", String::concat))
            .toList();
  }

  private List<Record> answersAt(Host host, Name owner) {
    Zone zone = writer.snapshot().zone(host.zone());
    Rrset rrset = zone == null ? null : zone.rrset(owner, Type.TXT);
    return rrset == null ? List.of() : rrset.records(owner);
  }

  private ChallengeOutcome submitted(
      Host host, List<UpdateOperation> operations, @Nullable UpdateLease lease, Attribution actor) {
    return ChallengeOutcome.of(
        writer
            .submit(
                new ZoneUpdate(
                    host.zone(),
                    List.of(),
                    operations,
                    Management.DYNAMIC,
                    AliasConflict.REFUSED,
                    actor,
                    lease))
            .join());
  }
}
