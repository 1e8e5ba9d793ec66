package net.homeport.registry.restriction;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostAccess;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateJudgement;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.testkit.DnsText;
import org.xbill.DNS.Name;

/** A house whose hosts are restricted: with policies, blocks, and rules of names. */
public final class Premises implements AutoCloseable {
  public final House house;
  public final MemoryPolicyStore store;
  public final HostPolicies policies;
  public final HostStandings standings;
  public final HostRegistry hosts;
  public final HostUpdates updates;

  /** The zone home.test, with nothing but policies. */
  public Premises() {
    this(new House("home.test."), new MemoryPolicyStore(), List.of(), List.of());
  }

  /** As it is after a start over these stores. */
  public Premises(
      House house,
      MemoryPolicyStore store,
      List<HostNameCheck> names,
      List<UpdateObserver> observers) {
    this.house = house;
    this.store = store;
    policies = new HostPolicies(store);
    standings = new HostStandings(store);
    var checks = new ArrayList<HostNameCheck>(names);
    checks.add(policies);
    checks.add(standings);
    hosts =
        new HostRegistry(
            house.store,
            house.writer::snapshot,
            ZoneRoles.ALL_PRIMARY,
            checks,
            house.hasher,
            house.clock);
    updates =
        new HostUpdates(
            hosts,
            house.writer,
            house.clock,
            new UpdateStages(
                new HostAuthenticator(hosts, house.hasher),
                HostAccess.OWN_CREDENTIAL,
                new DirectPlanner(house.writer::snapshot),
                RestrictionChecks.all(policies, standings, house.clock),
                observers,
                RejectedAttempts.NONE));
  }

  /** Adds a host; returns its secret. */
  public String host(String name) {
    var added = (HostAddition.Added) hosts.add(DnsText.name(name), 60);
    return Objects.requireNonNull(added.secret());
  }

  /** Adds a host as somebody. */
  public HostAddition add(String name, NameClaim claim) {
    return hosts.add(DnsText.name(name), 60, claim);
  }

  /** Sets a policy of the host, zone or, when there is neither, of all. */
  public void set(PolicyScope scope, PolicySetting<?> setting, String value) {
    policies.set(scope, setting, value, "alice", house.clock.instant());
  }

  /** The scope of a host. */
  public static PolicyScope ofHost(String name) {
    return new PolicyScope.OfHost(DnsText.name(name));
  }

  /** The scope of a zone. */
  public static PolicyScope ofZone(String name) {
    return new PolicyScope.OfZone(DnsText.name(name));
  }

  /** All hosts. */
  public static PolicyScope everywhere() {
    return new PolicyScope.Everywhere();
  }

  /** A request in clear from 203.0.113.7. */
  public UpdateOutcome update(String host, String secret, String... addresses) {
    return update(
        host, secret, new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test"), addresses);
  }

  /** A request for one host: its addresses, of both families. */
  public UpdateOutcome update(
      String host, String secret, RequestOrigin origin, String... addresses) {
    UpdateAnswer answer =
        updates.update(
            new UpdateRequest(new Presented.Token(secret), origin, List.of(wish(host, addresses))));
    return ((UpdateAnswer.PerHost) answer).outcomes().getFirst();
  }

  /** What would become of it. */
  public UpdateJudgement explain(String host, RequestOrigin origin, String... addresses) {
    Host known = Objects.requireNonNull(hosts.host(DnsText.name(host)));
    Credential credential = Objects.requireNonNull(hosts.credentialOf(known));
    return updates
        .explain(
            new UpdateRequest(new Presented.Token("none"), origin, List.of(wish(host, addresses))),
            credential)
        .getFirst();
  }

  private static HostWish wish(String host, String... addresses) {
    return new HostWish(host, wish(4, addresses), wish(16, addresses));
  }

  private static AddressWish wish(int octets, String... texts) {
    List<InetAddress> addresses =
        List.of(texts).stream()
            .map(InetAddress::ofLiteral)
            .filter(address -> address.getAddress().length == octets)
            .toList();
    return addresses.isEmpty() ? AddressWish.KEEP : new AddressWish.Publish(addresses);
  }

  /** The host's records. */
  public List<String> rdata(String owner, int type) {
    return house.rdata(owner, type);
  }

  /** A name. */
  public static Name name(String text) {
    return DnsText.name(text);
  }

  @Override
  public void close() {
    house.close();
  }
}
