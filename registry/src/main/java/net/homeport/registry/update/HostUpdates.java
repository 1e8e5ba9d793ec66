package net.homeport.registry.update;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.LookupResult;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Changes the addresses of hosts on behalf of devices. Thread safe; blocks the caller until the
 * change is durable and visible.
 */
public final class HostUpdates {
  private final HostRegistry registry;
  private final ZoneWriter writer;
  private final SecretHasher hasher;
  private final InstantSource clock;
  private final RejectedAttempts rejectedAttempts;
  private final SecretHash nobodysHash;

  /** As the other one, keeping no rejected attempts. */
  public HostUpdates(
      HostRegistry registry, ZoneWriter writer, SecretHasher hasher, InstantSource clock) {
    this(registry, writer, hasher, clock, RejectedAttempts.NONE);
  }

  public HostUpdates(
      HostRegistry registry,
      ZoneWriter writer,
      SecretHasher hasher,
      InstantSource clock,
      RejectedAttempts rejectedAttempts) {
    this.rejectedAttempts = rejectedAttempts;
    this.registry = registry;
    this.writer = writer;
    this.hasher = hasher;
    this.clock = clock;
    this.nobodysHash = hasher.hash(hasher.newSecret());
  }

  /**
   * Credential, hosts, addresses, then one atomic update a zone: all hosts of a zone that the
   * request may change, with both families, change together or not at all.
   */
  public UpdateAnswer update(UpdateRequest request) {
    UpdateAnswer answer = decided(request);
    switch (answer) {
      case UpdateAnswer.Unauthorized _ ->
          rejected(request, request.hostNames(), "unknown user name or wrong secret");
      case UpdateAnswer.Rejected whole ->
          rejected(request, request.hostNames(), why(whole.reason()));
      case UpdateAnswer.PerHost hosts -> {
        for (int i = 0; i < hosts.outcomes().size(); i++) {
          if (hosts.outcomes().get(i) instanceof UpdateOutcome.Rejected one) {
            rejected(request, List.of(request.hostNames().get(i)), why(one.reason()));
          }
        }
      }
    }
    return answer;
  }

  private void rejected(UpdateRequest request, List<String> names, String why) {
    var wanted = new StringJoiner(", ");
    if (request.ipv4() != null) {
      wanted.add("A " + request.ipv4().getHostAddress());
    }
    if (request.ipv6() != null) {
      wanted.add("AAAA " + request.ipv6().getHostAddress());
    }
    rejectedAttempts.record(
        new RejectedAttempt(
            request.username(),
            request.frontDoor(),
            request.source(),
            names,
            wanted.toString(),
            why,
            clock.instant()));
  }

  private static String why(Reason reason) {
    return switch (reason) {
      case NOT_A_HOST_NAME -> "not a host name with a zone";
      case NO_SUCH_HOST -> "no host of that name may be changed by this credential";
      case TOO_MANY_HOSTS -> "more than " + UpdateRequest.HOSTS_MAX + " host names";
      case UNUSABLE_ADDRESS -> "not an address that a host can be reached at";
      case NAME_TAKEN -> "a static record, an alias or a delegation stands in the way";
    };
  }

  private UpdateAnswer decided(UpdateRequest request) {
    Credential credential = authenticated(request.username(), request.secret());
    if (credential == null) {
      return new UpdateAnswer.Unauthorized();
    }
    if (request.hostNames().isEmpty()) {
      return new UpdateAnswer.Rejected(Reason.NOT_A_HOST_NAME);
    }
    if (request.hostNames().size() > UpdateRequest.HOSTS_MAX) {
      return new UpdateAnswer.Rejected(Reason.TOO_MANY_HOSTS);
    }
    if (!usable(request)) {
      return new UpdateAnswer.Rejected(Reason.UNUSABLE_ADDRESS);
    }
    return new UpdateAnswer.PerHost(perHost(request, credential));
  }

  /** The credential, or null; takes the same work whether the user name exists or not. */
  private @Nullable Credential authenticated(String username, String secret) {
    Credential credential = registry.credential(username);
    SecretHash given = hasher.hash(secret);
    boolean right = given.equals(credential == null ? nobodysHash : credential.secretHash());
    return right ? credential : null;
  }

  private static boolean usable(UpdateRequest request) {
    boolean any = request.ipv4() != null || request.ipv6() != null;
    return any && usable(request.ipv4()) && usable(request.ipv6());
  }

  /** Addresses that no host has are refused; whether a private one makes sense is for policies. */
  private static boolean usable(@Nullable InetAddress address) {
    if (address == null) {
      return true;
    }
    int first = address.getAddress()[0] & 0xFF;
    boolean reservedIpv4 = address instanceof Inet4Address && (first == 0 || first >= 240);
    return !(address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.isLinkLocalAddress()
        || reservedIpv4);
  }

  private List<UpdateOutcome> perHost(UpdateRequest request, Credential credential) {
    var outcomes = new ArrayList<UpdateOutcome>();
    Map<Name, List<UpdateOperation>> operations = new LinkedHashMap<>();
    Map<Integer, Name> waiting = new LinkedHashMap<>();
    for (String text : request.hostNames()) {
      Name name = hostName(text);
      Host host = name == null ? null : registry.host(name);
      if (name == null) {
        outcomes.add(new UpdateOutcome.Rejected(Reason.NOT_A_HOST_NAME));
      } else if (host == null || host.credentialId() != credential.id()) {
        outcomes.add(new UpdateOutcome.Rejected(Reason.NO_SUCH_HOST));
      } else if (isShadowed(host)) {
        outcomes.add(new UpdateOutcome.Rejected(Reason.NAME_TAKEN));
      } else if (isCurrent(host, request)) {
        outcomes.add(new UpdateOutcome.Unchanged());
      } else {
        waiting.put(outcomes.size(), host.zone());
        operations
            .computeIfAbsent(host.zone(), _ -> new ArrayList<>())
            .addAll(operations(host, request));
        outcomes.add(new UpdateOutcome.Updated());
      }
    }
    Map<Name, UpdateOutcome> committed = commit(request, credential, operations);
    waiting.forEach((index, zone) -> outcomes.set(index, committed.get(zone)));
    return outcomes;
  }

  private Map<Name, UpdateOutcome> commit(
      UpdateRequest request, Credential credential, Map<Name, List<UpdateOperation>> operations) {
    var attribution =
        new Attribution(
            credential.username(), request.frontDoor(), request.source(), clock.instant());
    // All zones first, so that they share a commit; then wait for each.
    Map<Name, CompletableFuture<CommitResult>> submitted = new LinkedHashMap<>();
    operations.forEach((zone, changes) ->
        submitted.put(
            zone,
            writer.submit(
                new ZoneUpdate(zone, List.of(), changes, Management.DYNAMIC, attribution))));
    Map<Name, UpdateOutcome> outcomes = new LinkedHashMap<>();
    submitted.forEach((zone, result) -> outcomes.put(zone, outcome(result.join())));
    return outcomes;
  }

  private static UpdateOutcome outcome(CommitResult result) {
    return switch (result) {
      case CommitResult.Committed _ -> new UpdateOutcome.Updated();
      case CommitResult.Unchanged _ -> new UpdateOutcome.Unchanged();
      case CommitResult.Refused refused -> outcome(refused.why());
      case CommitResult.Failed failed -> new UpdateOutcome.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new UpdateOutcome.Failed("too many updates are waiting");
    };
  }

  private static UpdateOutcome outcome(Refusal why) {
    return switch (why) {
      case NO_SUCH_ZONE -> new UpdateOutcome.Rejected(Reason.NO_SUCH_HOST);
      case STATIC_RECORD, BELOW_ZONE_CUT, ALIAS -> new UpdateOutcome.Rejected(Reason.NAME_TAKEN);
      case NAME_NOT_IN_USE,
          NAME_IN_USE,
          RRSET_MISSING,
          RRSET_EXISTS,
          OUTSIDE_ZONE,
          RRSET_TOO_LARGE,
          TOO_MANY_LEASES,
          MALFORMED ->
          new UpdateOutcome.Failed("a host's update was refused as " + why);
    };
  }

  /**
   * The absolute name, with or without a trailing dot; null if it is none or has one label only.
   */
  private static @Nullable Name hostName(String text) {
    try {
      Name name = Name.fromString(text, Name.root);
      return name.labels() > 2 ? name : null;
    } catch (TextParseException _) {
      return null;
    }
  }

  /** Whether a zone that was added below the host's zone answers for its name now. */
  private boolean isShadowed(Host host) {
    Zone answering = writer.snapshot().zoneOf(host.name());
    return answering != null && !answering.apex().equals(host.zone());
  }

  /** Whether the zone holds these addresses and DNS answers them: no cut hides them. */
  private boolean isCurrent(Host host, UpdateRequest request) {
    ZoneSnapshot snapshot = writer.snapshot();
    Zone zone = snapshot.zone(host.zone());
    return zone != null
        && addresses(host, request).stream()
            .allMatch(record ->
                Objects.equals(zone.rrset(host.name(), record.getType()), wanted(host, record))
                    && snapshot.lookup(host.name(), record.getType())
                        instanceof LookupResult.Answer);
  }

  private static Rrset wanted(Host host, Record record) {
    return Rrset.of(List.of(record), host.ttl(), Management.DYNAMIC);
  }

  private static List<UpdateOperation> operations(Host host, UpdateRequest request) {
    var operations = new ArrayList<UpdateOperation>(4);
    for (Record record : addresses(host, request)) {
      operations.add(new UpdateOperation.DeleteRrset(host.name(), record.getType()));
      operations.add(new UpdateOperation.AddRecord(record));
    }
    return operations;
  }

  private static List<Record> addresses(Host host, UpdateRequest request) {
    var records = new ArrayList<Record>(2);
    if (request.ipv4() != null) {
      records.add(new ARecord(host.name(), DClass.IN, host.ttl(), request.ipv4()));
    }
    if (request.ipv6() != null) {
      records.add(new AAAARecord(host.name(), DClass.IN, host.ttl(), request.ipv6()));
    }
    return records;
  }

  /**
   * Takes a host's addresses out of its zone, when the host is removed.
   *
   * @param actor who removes it
   */
  public UpdateOutcome withdraw(Host host, Attribution actor) {
    List<UpdateOperation> operations =
        List.of(
            new UpdateOperation.DeleteRrset(host.name(), Type.A),
            new UpdateOperation.DeleteRrset(host.name(), Type.AAAA));
    return outcome(
        writer
            .submit(new ZoneUpdate(host.zone(), List.of(), operations, Management.DYNAMIC, actor))
            .join());
  }
}
