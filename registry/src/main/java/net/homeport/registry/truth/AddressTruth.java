package net.homeport.registry.truth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.host.Host;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import net.homeport.registry.update.AddressVeto;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Whether an address that is to be published makes sense, by the policy of its zone; and what is to
 * be said of those that are published. Thread safe.
 */
public final class AddressTruth implements UpdateCheck, UpdateObserver, AddressVeto {
  /** Hosts of which a difference of reported and source address is remembered; the oldest go. */
  static final int MISMATCHES_MAX = 10_000;

  /** Devices have several addresses in their network (RFC 8981). */
  private static final int IPV6_NETWORK = 64;

  private final TruthStore store;
  private final Map<Name, TruthPolicy> ofZones = new ConcurrentHashMap<>();
  private final Map<Name, Mismatch> mismatches =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Mismatch> eldest) {
          return size() > MISMATCHES_MAX;
        }
      }; // guarded by itself

  /** What was reported, and where from. */
  private record Mismatch(InetAddress reported, InetAddress source) {}

  /** Loads what the store holds. */
  public AddressTruth(TruthStore store) {
    this.store = store;
    store.eachTruthPolicy(ofZones::put);
  }

  /** What was said of this zone alone; of all, if it is the root. */
  public TruthPolicy said(Name zone) {
    return ofZones.getOrDefault(zone, TruthPolicy.NONE);
  }

  /** The zones of which something was said, and the root. */
  public Map<Name, TruthPolicy> said() {
    return Map.copyOf(ofZones);
  }

  /** What holds in this zone. */
  public TruthPolicy policy(Name zone) {
    return said(zone).over(said(Name.root)).over(TruthPolicy.UNLESS_STATED);
  }

  /**
   * Says this of a zone, or of all as the root, in place of what was said before.
   *
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void say(Name zone, TruthPolicy policy) {
    store.putTruthPolicy(zone, policy);
    if (policy.equals(TruthPolicy.NONE)) {
      ofZones.remove(zone);
    } else {
      ofZones.put(zone, policy);
    }
  }

  /**
   * Of names of no host, only what was said of the zone, or of all: unless somebody said so, the
   * rules of keys are enough there. What would be acknowledged only is refused: DNS has no word for
   * it (RFC 2136 3.8).
   */
  @Override
  public @Nullable String against(Name zone, InetAddress address) {
    AddressClass kind = AddressClass.of(address);
    return switch (said(zone).over(said(Name.root)).treatment(kind)) {
      case PUBLISH -> null;
      case ACKNOWLEDGE, REFUSE -> refused(address, kind, zone);
    };
  }

  private static String refused(InetAddress address, AddressClass kind, Name zone) {
    return "%s is %s; the zone %s refuses such"
        .formatted(AddressText.of(address), kind.words(), zone.toString(true));
  }

  @Override
  public String name() {
    return "address truth";
  }

  @Override
  public Verdict check(ProposedChange change) {
    TruthPolicy policy = policy(change.host().zone());
    Verdict verdict = Verdict.PASS;
    for (InetAddress address : change.addresses()) {
      AddressClass kind = AddressClass.of(address);
      switch (treatment(policy, kind, change)) {
        case PUBLISH -> {}
        case ACKNOWLEDGE ->
            verdict =
                new Verdict.Withhold(
                    "%s is %s: acknowledged, not published"
                        .formatted(AddressText.of(address), kind.words()));
        case REFUSE -> {
          return new Verdict.Reject(
              Reason.UNUSABLE_ADDRESS, refused(address, kind, change.host().zone()));
        }
      }
    }
    if (policy.source() == SourceMatch.MATCH && change.host().equals(change.asked())) {
      InetAddress other = mismatch(change.addresses(), change.origin().source(), true);
      if (other != null) {
        return new Verdict.Reject(
            Reason.NOT_ALLOWED,
            "%s was reported from %s; the zone %s takes only the address that a device speaks from"
                .formatted(
                    AddressText.of(other),
                    AddressText.of(change.origin().source()),
                    change.host().zone().toString(true)));
      }
    }
    return verdict;
  }

  /** Requests from this machine itself may mean its own address. */
  private static Treatment treatment(TruthPolicy policy, AddressClass kind, ProposedChange change) {
    Treatment said = policy.treatment(kind);
    boolean own =
        kind == AddressClass.LOOPBACK
            && said == Treatment.ACKNOWLEDGE
            && change.origin().source().isLoopbackAddress();
    return own ? Treatment.PUBLISH : said;
  }

  /**
   * The address that is not the source; null if there is none. One of the other family cannot be
   * compared: it passes beside one that matches.
   *
   * @param strict whether one of the other family alone does not pass
   */
  private static @Nullable InetAddress mismatch(
      List<InetAddress> addresses, InetAddress source, boolean strict) {
    boolean isIpv4 = source instanceof Inet4Address;
    boolean compared = false;
    for (InetAddress address : addresses) {
      if (address instanceof Inet4Address == isIpv4) {
        boolean same =
            isIpv4
                ? address.equals(source)
                : AddressBlock.of(source, IPV6_NETWORK).contains(address);
        if (!same) {
          return address;
        }
        compared = true;
      }
    }
    return strict && !compared && !addresses.isEmpty() ? addresses.getFirst() : null;
  }

  @Override
  public void observed(Observation observation) {
    Host host = observation.host();
    boolean warns = policy(host.zone()).source() == SourceMatch.WARN;
    InetAddress source = observation.origin().source();
    var addresses = new ArrayList<InetAddress>();
    if (warns) {
      for (AddressWish wish : List.of(observation.wish().ipv4(), observation.wish().ipv6())) {
        if (wish instanceof AddressWish.Publish publish) {
          addresses.addAll(publish.addresses());
        }
      }
    }
    InetAddress other = mismatch(addresses, source, false);
    synchronized (mismatches) {
      mismatches.remove(host.name());
      if (other != null) {
        mismatches.put(host.name(), new Mismatch(other, source));
      }
    }
  }

  /** What is to be said of a host's published addresses; empty if all is well. */
  public List<String> remarks(Host host, List<InetAddress> published) {
    var remarks = new ArrayList<String>();
    for (InetAddress address : published) {
      AddressClass kind = AddressClass.of(address);
      if (kind != AddressClass.PUBLIC) {
        remarks.add(
            "%s is published, but probably not reachable: %s"
                .formatted(AddressText.of(address), kind.words()));
      }
    }
    Mismatch mismatch;
    synchronized (mismatches) {
      mismatch = mismatches.get(host.name());
    }
    if (mismatch != null && published.contains(mismatch.reported)) {
      remarks.add(
          "%s was reported, but the device spoke from %s"
              .formatted(AddressText.of(mismatch.reported), AddressText.of(mismatch.source)));
    }
    return remarks;
  }
}
