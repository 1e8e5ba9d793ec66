package net.homeport.registry.update;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneUpdate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Type;

/**
 * What signed updates must keep besides the rules of their keys: blocks of names, the policies of
 * the hosts whose records they would change, and what the zone says of addresses. Thread safe;
 * touches no disk.
 */
public final class SignedUpdateJudge {
  /** Everything is left to the rules of keys. */
  public static final SignedUpdateJudge NONE =
      new SignedUpdateJudge(
          _ -> null, NameVeto.NONE, NameVeto.NONE, AddressVeto.NONE, List.of(), List.of());

  private static final List<Integer> FAMILIES = List.of(Type.A, Type.AAAA);

  /** No check of signed updates asks for more of a credential than its name. */
  private static final SecretHash NO_SECRET = new SecretHash(new byte[SecretHash.OCTETS]);

  private final Function<Name, @Nullable Host> hosts;
  private final NameVeto names;
  private final NameVeto freed;
  private final AddressVeto addresses;
  private final List<UpdateCheck> checks;
  private final List<UpdateObserver> observers;

  /**
   * @param hosts the host of a name, or null
   * @param names that may not change
   * @param freed names of hosts that are gone, which get nothing new until they are somebody's
   * @param addresses that may not be added at names of no host
   * @param checks asked of each host whose records would change, in their order
   * @param observers told of the changes that were made
   */
  public SignedUpdateJudge(
      Function<Name, @Nullable Host> hosts,
      NameVeto names,
      NameVeto freed,
      AddressVeto addresses,
      List<UpdateCheck> checks,
      List<UpdateObserver> observers) {
    this.hosts = hosts;
    this.names = names;
    this.freed = freed;
    this.addresses = addresses;
    this.checks = List.copyOf(checks);
    this.observers = List.copyOf(observers);
  }

  /**
   * What is to be said of an update.
   *
   * @param refusal what the zone as it is says to it; null if it lets it, or was not asked
   * @param verdict of the policies
   * @param changes of hosts that it makes, for {@link #made}
   */
  record Finding(@Nullable Refusal refusal, Verdict verdict, List<ProposedChange> changes) {
    private static final Finding NOTHING = new Finding(null, Verdict.PASS, List.of());
  }

  /**
   * Why one of these names may not be changed; null if all may. A name below one that may not
   * change gets nothing new either, unless it is a host of its own, or below one.
   */
  @Nullable String objection(ProposedUpdate update) {
    int apex = update.zone().labels();
    for (UpdateOperation operation : update.operations()) {
      Name name = operation.name();
      String why = names.against(name);
      if (operation instanceof UpdateOperation.AddRecord) {
        while (why == null && name.labels() > apex + 1 && hosts.apply(name) == null) {
          name = new Name(name, 1);
          why = names.against(name);
        }
      }
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  /**
   * What the policies say of an update that its key's rules allow.
   *
   * @param zone as it is
   * @param origin where the update came from, and how
   */
  Finding judge(ZoneUpdate update, RequestOrigin origin, Zone zone) {
    Map<Name, Host> named = new LinkedHashMap<>(2);
    for (UpdateOperation operation : update.operations()) {
      Host host = hosts.apply(operation.name());
      if (host != null) {
        named.putIfAbsent(host.name(), host);
      } else if (operation instanceof UpdateOperation.AddRecord add
          && update.management() == Management.DYNAMIC) {
        String why = freed.against(operation.name());
        if (why != null) {
          return new Finding(null, new Verdict.Reject(Reason.NOT_ALLOWED, why), List.of());
        }
        why = objection(update.zone(), add.record());
        if (why != null) {
          return new Finding(null, new Verdict.Reject(Reason.UNUSABLE_ADDRESS, why), List.of());
        }
      }
    }
    if (named.isEmpty()) {
      return Finding.NOTHING;
    }
    return switch (UpdateEvaluation.evaluate(zone, update)) {
      // Told as it is: by the time it was written, it might pass, and nobody would have judged it.
      case UpdateResult.Refused refused -> new Finding(refused.why(), Verdict.PASS, List.of());
      case UpdateResult.Unchanged _ -> judge(named, update, origin, List.of());
      case UpdateResult.Changed changed -> judge(named, update, origin, changed.changes());
    };
  }

  private @Nullable String objection(Name zone, Record record) {
    for (int family : FAMILIES) {
      for (InetAddress address : addresses(record, family)) {
        String why = addresses.against(zone, address);
        if (why != null) {
          return why;
        }
      }
    }
    return null;
  }

  private Finding judge(
      Map<Name, Host> named, ZoneUpdate update, RequestOrigin origin, List<RrsetChange> changed) {
    var credential = new Credential(0, update.attribution().actor(), NO_SECRET, Instant.EPOCH);
    var made = new ArrayList<ProposedChange>(named.size());
    for (Host host : named.values()) {
      var planned = new ArrayList<PlannedRrset>(2);
      var differing = new ArrayList<PlannedRrset>(2);
      for (int family : FAMILIES) {
        PlannedRrset rrset = planned(host, family, update);
        boolean differs =
            changed.stream()
                .anyMatch(
                    change -> change.owner().equals(host.name()) && decides(change.type(), family));
        if (rrset != null) {
          planned.add(rrset);
          if (differs) {
            differing.add(rrset);
          }
        }
      }
      var wish = new HostWish(host.name().toString(true), AddressWish.KEEP, AddressWish.KEEP);
      var change = new ProposedChange(credential, origin, host, host, wish, planned, differing);
      for (UpdateCheck check : checks) {
        Verdict verdict = check.check(change);
        if (!(verdict instanceof Verdict.Pass)) {
          return new Finding(null, verdict, List.of());
        }
      }
      if (change.changes()) {
        made.add(change);
      }
    }
    return new Finding(null, Verdict.PASS, made);
  }

  /**
   * What the update would have a host publish of a family, as far as it adds it itself: what stood
   * there before is not its doing. Null if it does not speak of that family.
   */
  private static @Nullable PlannedRrset planned(Host host, int family, ZoneUpdate update) {
    var added = new ArrayList<InetAddress>(2);
    long ttl = host.ttl();
    boolean speaks = false;
    for (UpdateOperation operation : update.operations()) {
      if (!operation.name().equals(host.name()) || !decides(type(operation), family)) {
        continue;
      }
      speaks = true;
      if (operation instanceof UpdateOperation.AddRecord add) {
        List<InetAddress> of = addresses(add.record(), family);
        added.addAll(of);
        ttl = of.isEmpty() ? ttl : add.record().getTTL();
      }
    }
    return speaks ? new PlannedRrset(host, family, added, ttl) : null;
  }

  private static int type(UpdateOperation operation) {
    return switch (operation) {
      case UpdateOperation.AddRecord add -> add.record().getType();
      case UpdateOperation.DeleteRecord delete -> delete.record().getType();
      case UpdateOperation.DeleteRrset delete -> delete.type();
      case UpdateOperation.DeleteName _ -> Type.ANY;
    };
  }

  /** Whether records of this type tell where a host is to be found by this family. */
  private static boolean decides(int type, int family) {
    return switch (type) {
      case Type.A, Type.AAAA -> type == family;
      // They lead elsewhere, or have addresses of their own (RFC 9460 7.3).
      case Type.CNAME, Type.NS, Type.SVCB, Type.HTTPS, Type.ANY -> true;
      default -> false;
    };
  }

  /** The addresses of a family that a record has, in it or as hints. */
  private static List<InetAddress> addresses(Record record, int family) {
    int octets = family == Type.A ? 4 : 16;
    byte[] all = {};
    if (record.getType() == family) {
      all = record.rdataToWireCanonical();
    } else if (record instanceof SVCBBase service) {
      int hint = family == Type.A ? SVCBBase.IPV4HINT : SVCBBase.IPV6HINT;
      var value = service.getSvcParamValue(hint);
      all = value == null ? all : value.toWire();
    }
    var addresses = new ArrayList<InetAddress>(1);
    for (int at = 0; at + octets <= all.length; at += octets) {
      addresses.add(address(Arrays.copyOfRange(all, at, at + octets)));
    }
    return addresses;
  }

  /** One of IPv6 stays one, even if an IPv4 address is mapped into it: no host is reached at it. */
  private static InetAddress address(byte[] octets) {
    try {
      return octets.length == 4
          ? InetAddress.getByAddress(octets)
          : Inet6Address.getByAddress("", octets, -1);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 octets", e);
    }
  }

  /** These changes were made: for checks that count, and for who watches. */
  void made(List<ProposedChange> changes, Instant at) {
    for (ProposedChange change : changes) {
      checks.forEach(check -> check.made(change));
      observers.forEach(observer -> observer.made(change, at));
    }
  }
}
