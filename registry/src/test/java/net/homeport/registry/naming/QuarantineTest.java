package net.homeport.registry.naming;

import static net.homeport.registry.restriction.Premises.everywhere;
import static net.homeport.registry.restriction.Premises.name;
import static net.homeport.registry.restriction.Premises.ofZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostNameCheck;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.Premises;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Threats 2 and 12: what was one's is not another's at once, and nobody takes it all. */
final class QuarantineTest {
  private static final String CAM = "cam.home.test.";
  private static final NameClaim RECLAIMING = new NameClaim(NameClaim.ADMINISTRATOR, false, true);

  private final House house = new House("home.test.", "other.test.");
  private final MemoryNameStore names = new MemoryNameStore();
  private final MemoryPolicyStore settings = new MemoryPolicyStore();
  private HostPolicies policies = new HostPolicies(settings);
  private Quarantine quarantine = quarantine(1);
  private Premises premises = premises();

  @AfterEach
  void close() {
    house.close();
  }

  private Quarantine quarantine(long owner) {
    return new Quarantine(names, policies, _ -> owner, house.clock);
  }

  private Premises premises(HostNameCheck... more) {
    return new Premises(
        house, settings, more.length == 0 ? List.of(quarantine) : List.of(more), List.of());
  }

  private void set(PolicyScope scope, PolicySetting<?> setting, String value) {
    policies.set(scope, setting, value, "alice", house.clock.instant());
  }

  /** Threat 2: re-registration of a released name. */
  @Test
  void aFreedNameIsKeptBackForNinetyDays() {
    premises.host(CAM);
    premises.hosts.remove(name(CAM));
    assertThat(premises.add("CAM.home.test.", NameClaim.ORDINARY))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> {
              assertThat(no.why()).contains("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z");
              assertThat(no.override()).isEqualTo("--reclaim");
            });
    assertThat(premises.add(CAM, new NameClaim(2, true, false)))
        .as("force is not enough")
        .isInstanceOf(HostAddition.Refused.class);
    assertThat(premises.add("nas.home.test.", NameClaim.ORDINARY))
        .as("other names are free")
        .isInstanceOf(HostAddition.Added.class);
    house.clock.advance(Duration.ofDays(90).minusMillis(1));
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Refused.class);
    house.clock.advance(Duration.ofMillis(1));
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Added.class);
  }

  /** Threat 2: whoever has the old token stays outside, whoever has the name now. */
  @Test
  void anOldTokenIsBadForEver() {
    String old = premises.host(CAM);
    premises.update(CAM, old, "192.0.2.1");
    premises.hosts.remove(name(CAM));
    assertThat(answer(premises, old)).isEqualTo(new UpdateAnswer.Unauthorized());
    premises.add(CAM, RECLAIMING);
    assertThat(answer(premises, old)).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(answer(premises(), old))
        .as("after a restart")
        .isEqualTo(new UpdateAnswer.Unauthorized());
    house.clock.advance(Duration.ofDays(4_000));
    assertThat(answer(premises(), old)).isEqualTo(new UpdateAnswer.Unauthorized());
  }

  private static UpdateAnswer answer(Premises at, String secret) {
    InetAddress address = InetAddress.ofLiteral("192.0.2.66");
    return at.updates.update(
        new UpdateRequest(
            new Presented.Password("cam.home.test", secret),
            new RequestOrigin(address, "test"),
            List.of(
                new HostWish(
                    "cam.home.test", new AddressWish.Publish(address), AddressWish.KEEP))));
  }

  @Test
  void quarantineOutlastsARestart() {
    premises.host(CAM);
    premises.hosts.remove(name(CAM));
    house.clock.advance(Duration.ofDays(1));
    policies = new HostPolicies(settings);
    quarantine = quarantine(1);
    premises = premises();
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Refused.class);
    assertThat(quarantine.tombstones()).hasSize(1);
    assertThat(premises.add(CAM, RECLAIMING)).isInstanceOf(HostAddition.Added.class);
    assertThat(quarantine.tombstones()).isEmpty();
    assertThat(names.tombstones()).isEmpty();
  }

  @Test
  void theFormerOwnerMayHaveItBack() {
    quarantine = quarantine(7);
    premises = premises();
    premises.add(CAM, new NameClaim(7, false, false));
    premises.hosts.remove(name(CAM));
    assertThat(premises.add(CAM, new NameClaim(8, false, false)))
        .isInstanceOf(HostAddition.Refused.class);
    assertThat(premises.add(CAM, new NameClaim(7, false, false)))
        .isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void theFormerCredentialMayHaveItBackAndANewOneOfThatNameMayNot() {
    premises.host("router.home.test.");
    house.clock.advance(Duration.ofHours(1));
    premises.hosts.addTo("router.home.test", name(CAM), 60);
    premises.hosts.remove(name(CAM));
    assertThat(premises.hosts.addTo("router.home.test", name(CAM), 60))
        .isInstanceOf(HostAddition.Added.class);
    premises.hosts.remove(name(CAM));
    premises.hosts.remove(name("router.home.test."));
    house.clock.advance(Duration.ofHours(1));
    premises.add("router.home.test.", RECLAIMING);
    assertThat(premises.hosts.addTo("router.home.test", name(CAM), 60))
        .isInstanceOf(HostAddition.Refused.class);
  }

  /** Several accounts may use one credential: to have it is not to have had the name. */
  @Test
  void aCredentialOpensTheNameToItsAccountOnly() {
    quarantine = quarantine(7);
    premises = premises();
    premises.host("router.home.test.");
    house.clock.advance(Duration.ofHours(1));
    var first = new NameClaim(7, false, false);
    var second = new NameClaim(8, false, false);
    premises.hosts.addTo("router.home.test", name(CAM), 60, first);
    premises.hosts.remove(name(CAM));
    for (NameClaim other : List.of(second, NameClaim.ORDINARY)) {
      assertThat(premises.hosts.addTo("router.home.test", name(CAM), 60, other))
          .isInstanceOf(HostAddition.Refused.class);
    }
    assertThat(premises.hosts.addTo("router.home.test", name(CAM), 60, first))
        .isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void aPolicySaysForHowLong() {
    set(ofZone("other.test."), PolicySetting.QUARANTINE_DAYS, "0");
    set(everywhere(), PolicySetting.QUARANTINE_DAYS, "7");
    premises.host(CAM);
    premises.host("cam.other.test.");
    premises.hosts.remove(name(CAM));
    premises.hosts.remove(name("cam.other.test."));
    assertThat(premises.add("cam.other.test.", NameClaim.ORDINARY))
        .isInstanceOf(HostAddition.Added.class);
    house.clock.advance(Duration.ofDays(6));
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Refused.class);
    house.clock.advance(Duration.ofDays(1));
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void aHostWhoseNameCannotBeKeptBackStays() {
    String secret = premises.host(CAM);
    names.failing(true);
    assertThatThrownBy(() -> premises.hosts.remove(name(CAM)))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(premises.hosts.host(name(CAM))).isNotNull();
    premises.update(CAM, secret, "192.0.2.1");
    assertThat(premises.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void whatIsOverIsForgotten() {
    for (int i = 0; i < 5; i++) {
      premises.host("h" + i + ".home.test.");
      premises.hosts.remove(name("h" + i + ".home.test."));
    }
    house.clock.advance(Duration.ofDays(91));
    premises.host(CAM);
    premises.hosts.remove(name(CAM));
    assertThat(names.tombstones()).extracting(Tombstone::name).containsExactly(name(CAM));
  }

  /** Threat 12: quotas. */
  @Test
  void aZoneAndAnAccountHaveSoManyHostsAndNotOneMore() {
    set(everywhere(), PolicySetting.HOSTS_PER_ZONE, "3");
    set(everywhere(), PolicySetting.HOSTS_PER_ACCOUNT, "2");
    var owners = new HashMap<Name, Long>();
    var quota = new HostQuota(policies, host -> owners.getOrDefault(host.name(), 1L));
    premises = premises(quota);
    addOf(owners, 5, "a.home.test.");
    addOf(owners, 5, "b.home.test.");
    assertThat(premises.add("c.home.test.", new NameClaim(5, false, false)))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no ->
                assertThat(no.why()).contains("the account has 2 hosts", "hosts-per-account is 2"));
    addOf(owners, 6, "c.home.test.");
    assertThat(premises.add("d.home.test.", new NameClaim(6, false, false)))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> assertThat(no.why()).contains("the zone home.test has 3 hosts"));
    addOf(owners, 5, "a.other.test.");
    premises.hosts.remove(name("a.home.test."));
    addOf(owners, 5, "d.home.test.");
    var after = premises(new HostQuota(policies, host -> owners.getOrDefault(host.name(), 1L)));
    assertThat(after.add("e.home.test.", new NameClaim(6, false, false)))
        .as("counted anew at a start")
        .isInstanceOf(HostAddition.Refused.class);
    assertThat(after.add("e.home.test.", new NameClaim(6, true, false)))
        .isInstanceOf(HostAddition.Added.class);
  }

  private void addOf(Map<Name, Long> owners, long account, String name) {
    assertThat(premises.add(name, new NameClaim(account, false, false)))
        .isInstanceOf(HostAddition.Added.class);
    owners.put(name(name), account);
  }

  @Test
  void aRegistryWithoutRulesKeepsNothingBack() {
    var plain =
        new HostRegistry(
            house.store,
            house.writer::snapshot,
            ZoneRoles.ALL_PRIMARY,
            List.of(),
            house.hasher,
            house.clock);
    plain.add(name(CAM), Host.DEFAULT_TTL);
    Objects.requireNonNull(plain.remove(name(CAM)));
    assertThat(plain.add(name(CAM), Host.DEFAULT_TTL)).isInstanceOf(HostAddition.Added.class);
  }
}
