package net.homeport.registry.restriction;

import static net.homeport.registry.restriction.Premises.everywhere;
import static net.homeport.registry.restriction.Premises.name;
import static net.homeport.registry.restriction.Premises.ofHost;
import static net.homeport.registry.restriction.Premises.ofZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.update.UpdateJudgement.Step;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.registry.update.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** What each policy allows and refuses, and which of several decides. */
final class RestrictionChecksTest {
  private static final String CAM = "cam.home.test.";

  private final Premises premises = new Premises();
  private final String secret = premises.host(CAM);

  @AfterEach
  void close() {
    premises.close();
  }

  private static RequestOrigin from(String source, @Nullable String tls) {
    return new RequestOrigin(InetAddress.ofLiteral(source), "test", tls, "");
  }

  /** Each policy, each request: what may be, and which check says no. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "clear",
      textBlock =
          """
          source-networks | 203.0.113.0/24            | 203.0.113.7  | clear   | 192.0.2.1    | yes
          source-networks | 198.51.100.0/24           | 203.0.113.7  | clear   | 192.0.2.1    | source network
          source-networks | 198.51.100.0/24,203.0.113.7 | 203.0.113.7 | clear  | 192.0.2.1    | yes
          source-networks | 2001:db8::/32             | 203.0.113.7  | clear   | 192.0.2.1    | source network
          source-networks | ::/0                      | 203.0.113.7  | clear   | 192.0.2.1    | source network
          source-networks | 2001:db8::/32             | 2001:db8::5  | clear   | 192.0.2.1    | yes
          source-networks | any                       | 203.0.113.7  | clear   | 192.0.2.1    | yes
          address-ranges  | 192.0.2.0/24              | 203.0.113.7  | clear   | 192.0.2.1    | yes
          address-ranges  | 192.0.2.0/24              | 203.0.113.7  | clear   | 192.0.3.1    | address range
          address-ranges  | 192.0.2.0/24              | 203.0.113.7  | clear   | 2001:db8::1  | address range
          address-ranges  | 192.0.2.0/24,2001:db8::/32 | 203.0.113.7 | clear   | 2001:db8::1  | yes
          address-ranges  | any                       | 203.0.113.7  | clear   | 10.0.0.1     | yes
          families        | ipv4                      | 203.0.113.7  | clear   | 192.0.2.1    | yes
          families        | ipv4                      | 203.0.113.7  | clear   | 2001:db8::1  | family
          families        | ipv6                      | 203.0.113.7  | clear   | 192.0.2.1    | family
          families        | both                      | 203.0.113.7  | clear   | 2001:db8::1  | yes
          ttl-range       | 60-60                     | 203.0.113.7  | clear   | 192.0.2.1    | yes
          ttl-range       | 61-3600                   | 203.0.113.7  | clear   | 192.0.2.1    | TTL
          ttl-range       | 0-59                      | 203.0.113.7  | clear   | 192.0.2.1    | TTL
          locked          | yes                       | 203.0.113.7  | clear   | 192.0.2.1    | lock
          locked          | no                        | 203.0.113.7  | clear   | 192.0.2.1    | yes
          minimum-tls     | 1.2                       | 203.0.113.7  | clear   | 192.0.2.1    | minimum TLS
          minimum-tls     | 1.2                       | 203.0.113.7  | TLSv1.1 | 192.0.2.1    | minimum TLS
          minimum-tls     | 1.2                       | 203.0.113.7  | TLSv1.2 | 192.0.2.1    | yes
          minimum-tls     | 1.3                       | 203.0.113.7  | TLSv1.2 | 192.0.2.1    | minimum TLS
          minimum-tls     | 1.3                       | 203.0.113.7  | TLSv1.3 | 192.0.2.1    | yes
          minimum-tls     | 1.2                       | 203.0.113.7  | SSLv3   | 192.0.2.1    | minimum TLS
          minimum-tls     | none                      | 203.0.113.7  | clear   | 192.0.2.1    | yes
          approval        | no                        | 203.0.113.7  | clear   | 192.0.2.1    | yes
          approval        | yes                       | 203.0.113.7  | clear   | 192.0.2.1    | approval
          """)
  void eachPolicyAndEachRequest(
      String setting,
      String value,
      String source,
      @Nullable String tls,
      String address,
      String says) {
    PolicySetting<?> known = Objects.requireNonNull(PolicySetting.named(setting));
    List<PolicyScope> scopes = List.of(ofHost(CAM), ofZone("home.test."), everywhere());
    for (PolicyScope scope : scopes) {
      // Of hosts that were there before, approval is asked for by their own policy only.
      if (known == PolicySetting.APPROVAL && !(scope instanceof PolicyScope.OfHost)) {
        continue;
      }
      premises.set(scope, known, value);
      List<Step> steps = premises.explain(CAM, from(source, tls), address).steps();
      Step last = steps.getLast();
      assertThat(last.verdict() instanceof Verdict.Pass ? "yes" : last.of())
          .as("%s %s %s", setting, value, scope)
          .isEqualTo(says);
      if (last.verdict() instanceof Verdict.Reject reject) {
        assertThat(reject.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(reject.why()).contains(setting, scope.words(), "alice");
      }
      premises.policies.unset(scope, known);
    }
    UpdateOutcome outcome = premises.update(CAM, secret, from(source, tls), address);
    assertThat(outcome).as("with nothing set").isEqualTo(new UpdateOutcome.Updated());
  }

  @Test
  void theNearestValueWinsAndSaysWhereItCameFrom() {
    PolicySetting<AddressFamilies> families = PolicySetting.FAMILIES;
    var host = Objects.requireNonNull(premises.hosts.host(name(CAM)));
    assertThat(premises.policies.effective(host, families)).isNull();
    premises.set(everywhere(), families, "ipv4");
    assertThat(premises.policies.effective(host, families))
        .matches(value -> value.scope().equals(everywhere()));
    premises.set(ofZone("HOME.test."), families, "ipv6");
    assertThat(Objects.requireNonNull(premises.policies.effective(host, families)).words())
        .isEqualTo("families is ipv6 for the zone HOME.test, set by alice at 2026-01-01T00:00:00Z");
    premises.set(ofHost("Cam.home.test."), families, "both");
    assertThat(premises.update(CAM, secret, "192.0.2.1", "2001:db8::1"))
        .isEqualTo(new UpdateOutcome.Updated());
    premises.policies.unset(ofHost(CAM), families);
    assertThat(premises.update(CAM, secret, "192.0.2.2"))
        .isInstanceOf(UpdateOutcome.Rejected.class);
    premises.policies.unset(ofZone("home.test."), families);
    assertThat(premises.update(CAM, secret, "192.0.2.2")).isEqualTo(new UpdateOutcome.Updated());
  }

  @Test
  void whatConcernsTheHostDecidesBeforeWhatConcernsTheRequest() {
    Map<PolicySetting<?>, String> refusing =
        Map.of(
            PolicySetting.LOCKED, "yes",
            PolicySetting.MINIMUM_TLS, "1.3",
            PolicySetting.SOURCE_NETWORKS, "10.0.0.0/8",
            PolicySetting.FAMILIES, "ipv6",
            PolicySetting.ADDRESS_RANGES, "10.0.0.0/8",
            PolicySetting.TTL_RANGE, "3600-7200",
            PolicySetting.APPROVAL, "yes");
    refusing.forEach((setting, value) -> premises.set(ofHost(CAM), setting, value));
    premises.standings.block(
        new HostBlock(name(CAM), "phishing", "alice", premises.house.clock.instant()));
    var decided = new ArrayList<String>();
    decided.add(decides());
    premises.standings.unblock(name(CAM));
    for (PolicySetting<?> setting : PolicySetting.ALL) {
      if (refusing.containsKey(setting)) {
        decided.add(decides());
        premises.policies.unset(ofHost(CAM), setting);
      }
    }
    assertThat(decided)
        .containsExactly(
            "block",
            "lock",
            "minimum TLS",
            "source network",
            "family",
            "address range",
            "TTL",
            "approval");
    assertThat(decides()).isEqualTo("change budget");
    assertThat(premises.update(CAM, secret, "192.0.2.1")).isEqualTo(new UpdateOutcome.Updated());
  }

  private String decides() {
    return premises.explain(CAM, from("203.0.113.7", null), "192.0.2.1").steps().getLast().of();
  }

  @Test
  void aLockedHostMayStillSayThatItLives() {
    premises.update(CAM, secret, "192.0.2.1");
    premises.set(ofHost(CAM), PolicySetting.LOCKED, "yes");
    assertThat(premises.update(CAM, secret, "192.0.2.1")).isEqualTo(new UpdateOutcome.Unchanged());
    assertThat(premises.update(CAM, secret, "192.0.2.2"))
        .isInstanceOfSatisfying(
            UpdateOutcome.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Reason.NOT_ALLOWED));
    assertThat(premises.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void aNewHostIsPublishedOnceItIsApproved() {
    premises.update(CAM, secret, "192.0.2.1");
    premises.house.clock.advance(Duration.ofHours(1));
    premises.set(ofZone("home.test."), PolicySetting.APPROVAL, "yes");
    premises.house.clock.advance(Duration.ofHours(1));
    // Said again by chance: what is new counts from the first time.
    premises.set(ofZone("home.test."), PolicySetting.APPROVAL, "yes");
    String nas = "nas.home.test.";
    premises.house.clock.advance(Duration.ofHours(-1));
    String other = premises.host(nas);
    premises.house.clock.advance(Duration.ofHours(2));
    assertThat(premises.update(CAM, secret, "192.0.2.2"))
        .as("it was there before")
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(premises.update(nas, other, "192.0.2.3"))
        .isInstanceOfSatisfying(
            UpdateOutcome.Withheld.class,
            held -> assertThat(held.why()).contains("homeport host approve nas.home.test"));
    assertThat(premises.rdata(nas, Type.A)).isEmpty();
    premises.standings.approve(
        new HostApproval(name(nas), "alice", premises.house.clock.instant()));
    assertThat(premises.update(nas, other, "192.0.2.3")).isEqualTo(new UpdateOutcome.Updated());
    // A host that is added again is a new one.
    premises.hosts.remove(name(nas));
    assertThat(premises.update(nas, premises.host(nas), "192.0.2.4"))
        .isInstanceOf(UpdateOutcome.Withheld.class);
  }

  @Test
  void approvalByAWiderPolicyIsNotUndoneByANearerOneThatSaysTheSame() {
    premises.set(everywhere(), PolicySetting.APPROVAL, "yes");
    String nas = premises.host("nas.home.test.");
    premises.house.clock.advance(Duration.ofHours(1));
    premises.set(ofZone("home.test."), PolicySetting.APPROVAL, "yes");
    assertThat(premises.update("nas.home.test.", nas, "192.0.2.3"))
        .isInstanceOf(UpdateOutcome.Withheld.class);
    premises.set(ofZone("home.test."), PolicySetting.APPROVAL, "no");
    assertThat(premises.update("nas.home.test.", nas, "192.0.2.3"))
        .isEqualTo(new UpdateOutcome.Updated());
  }

  /** Threat 4: whom an administrator blocks cannot come back by the means of an owner. */
  @Test
  void aBlockOutlastsDeletionAndAddition() {
    premises.update(CAM, secret, "192.0.2.1");
    premises.standings.block(
        new HostBlock(name("CAM.home.test."), "phishing", "alice", premises.house.clock.instant()));
    assertThat(premises.update(CAM, secret, "192.0.2.1"))
        .isInstanceOfSatisfying(
            UpdateOutcome.Rejected.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Reason.BLOCKED);
              assertThat(no.why()).contains("phishing", "alice");
            });
    premises.hosts.remove(name(CAM));
    assertThat(premises.add(CAM, NameClaim.ORDINARY)).isInstanceOf(HostAddition.Added.class);
    var after = new Premises(premises.house, premises.store, List.of(), List.of());
    String again = after.host("other.home.test.");
    assertThat(after.update("other.home.test.", again, "192.0.2.9"))
        .as("others go on")
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(after.explain(CAM, from("203.0.113.7", null), "192.0.2.1").decided())
        .isInstanceOfSatisfying(
            UpdateOutcome.Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.BLOCKED));
    after.standings.unblock(name(CAM));
    assertThat(
            after.explain(CAM, from("203.0.113.7", null), "192.0.2.1").steps().getLast().verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void policiesOutlastARestartAndThoseOfAHostGoWithIt() {
    premises.set(ofHost(CAM), PolicySetting.FAMILIES, "ipv6");
    premises.set(ofZone("home.test."), PolicySetting.FAMILIES, "ipv4");
    var after = new Premises(premises.house, premises.store, List.of(), List.of());
    var host = Objects.requireNonNull(after.hosts.host(name(CAM)));
    assertThat(after.policies.effective(host, PolicySetting.FAMILIES))
        .matches(value -> value.value() == AddressFamilies.IPV6);
    after.hosts.remove(name(CAM));
    assertThat(after.policies.effective(host, PolicySetting.FAMILIES))
        .matches(value -> value.value() == AddressFamilies.IPV4);
    assertThat(after.policies.scopes()).containsExactly(ofZone("home.test."));
  }

  @Test
  void whatIsNotStoredDoesNotHold() {
    premises.store.failing(true);
    assertThatThrownBy(() -> premises.set(ofHost(CAM), PolicySetting.LOCKED, "yes"))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(premises.update(CAM, secret, "192.0.2.1")).isEqualTo(new UpdateOutcome.Updated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source-networks   | 192.0.2.0/33
          source-networks   | router.home.test
          address-ranges    | 192.0.2.1;192.0.2.2
          families          | ipv5
          change-budget     | 10
          change-budget     | 0/20s
          change-budget     | 10/0s
          ttl-range         | 60
          ttl-range         | 60-30
          ttl-range         | 0-9999999999
          locked            | perhaps
          minimum-tls       | 1.1
          hosts-per-zone    | -1
          quarantine-days   | 99999
          hosts-per-account | many
          """)
  void aValueThatMakesNoSenseIsRefusedWithWords(String setting, String value) {
    PolicySetting<?> known = Objects.requireNonNull(PolicySetting.named(setting));
    assertThatThrownBy(() -> premises.set(everywhere(), known, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(value.contains("/") || value.contains(";") ? "" : value);
  }

  @Test
  void aHostWhoseTtlItsZoneDoesNotAllowIsNotAdded() {
    premises.set(ofZone("home.test."), PolicySetting.TTL_RANGE, "300-3600");
    assertThat(premises.add("nas.home.test.", NameClaim.ORDINARY))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> assertThat(no.why()).contains("300-3600", "for the zone home.test"));
  }

  @Test
  void aHouseWithoutPoliciesRefusesNothing() {
    try (var house = new House("plain.test.")) {
      var plain = new Premises(house, new MemoryPolicyStore(), List.of(), List.of());
      String nas = plain.host("nas.plain.test.");
      assertThat(plain.update("nas.plain.test.", nas, "10.0.0.1", "fd00::1"))
          .isEqualTo(new UpdateOutcome.Updated());
    }
  }

  /** What a proxy spoke is known to be TLS, and no more. */
  @Test
  void httpsToAProxyIsTlsOfNoKnownVersion() {
    assertThat(TlsFloor.CLEAR.allows(RequestOrigin.HTTPS_TO_PROXY)).isTrue();
    assertThat(TlsFloor.TLS_1_2.allows(RequestOrigin.HTTPS_TO_PROXY)).isTrue();
    assertThat(TlsFloor.TLS_1_3.allows(RequestOrigin.HTTPS_TO_PROXY)).isFalse();
  }
}
