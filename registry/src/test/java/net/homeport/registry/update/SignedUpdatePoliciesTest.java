package net.homeport.registry.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.policy.Grant;
import net.homeport.registry.policy.RuleText;
import net.homeport.registry.policy.UpdatePolicy;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.Premises;
import net.homeport.registry.restriction.RestrictionChecks;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.truth.AddressTruth;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import net.homeport.registry.truth.TruthStore;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What holds for a host by HTTP holds by a signed update, whatever the rules of its key are. */
final class SignedUpdatePoliciesTest {
  private static final Name KEY = name("kea.");
  private static final String CAM = "cam.home.test.";

  private final Premises premises = new Premises();
  private final AddressTruth truth = new AddressTruth(new NoTruthStore());
  private final List<String> refused = new ArrayList<>();
  private final List<Name> heard = new ArrayList<>();
  private final Set<Name> freed = new HashSet<>();
  private final List<String> made = new ArrayList<>();
  private String rule = "subtree home.test type A,AAAA,TXT,CNAME,HTTPS";
  private final DnsUpdates updates;

  SignedUpdatePoliciesTest() {
    List<UpdateCheck> all =
        RestrictionChecks.all(premises.policies, premises.standings, premises.house.clock);
    var checks = new ArrayList<>(RestrictionChecks.ofSignedUpdates(all));
    checks.add(truth);
    updates =
        new DnsUpdates(
            new UpdatePolicy(
                _ -> new Grant(KEY, false, new TreeMap<>(Map.of(1, RuleText.parse(rule)))),
                premises.house.clock),
            premises.house.writer,
            ZoneRoles.ALL_PRIMARY,
            premises.house.clock,
            new RejectedAttempts() {
              @Override
              public void record(RejectedAttempt attempt) {
                refused.add(attempt.why());
              }

              @Override
              public List<RejectedAttempt> latest(
                  @Nullable String name, @Nullable Instant since, int limit) {
                return List.of();
              }

              @Override
              public long dropped() {
                return 0;
              }
            },
            new SignedUpdateJudge(
                premises.hosts::host,
                premises.standings::objection,
                name -> freed.contains(name) ? "it is kept back" : null,
                truth,
                checks,
                List.of(observer())),
            (name, _) -> heard.add(name));
    premises.host(CAM);
  }

  private UpdateObserver observer() {
    return new UpdateObserver() {
      @Override
      public void observed(Observation observation) {
        throw new AssertionError("no request was made by HTTP");
      }

      @Override
      public void made(ProposedChange change, Instant at) {
        made.add(change.host().name() + " " + change.addresses());
      }
    };
  }

  private static final class NoTruthStore implements TruthStore {
    private final Map<Name, TruthPolicy> kept = new HashMap<>();

    @Override
    public void eachTruthPolicy(BiConsumer<Name, TruthPolicy> taker) {
      kept.forEach(taker);
    }

    @Override
    public void putTruthPolicy(Name zone, TruthPolicy policy) {
      kept.put(zone, policy);
    }
  }

  @AfterEach
  void close() {
    premises.close();
  }

  /** The word for what became of it: yes, or what the policies answer. */
  private String propose(String... lines) {
    var requestor =
        new Requestor(
            new Requestor.Proof.SharedKey(KEY),
            InetAddress.ofLiteral("203.0.113.7"),
            Requestor.Carrier.TCP);
    var update = NsupdateText.parse(List.of(lines), name("home.test"));
    UpdateExplanation explanation = updates.explain(update, requestor);
    Decision decision = updates.propose(update, requestor).join();
    String word =
        switch (decision) {
          case Decision.NotAllowed _ -> "refused";
          case Decision.NotNow _ -> "later";
          case Decision.Decided decided ->
              switch (decided.result()) {
                case CommitResult.Committed _ -> "changed";
                case CommitResult.Unchanged _ -> "unchanged";
                case CommitResult.Refused not -> not.why().name();
                case CommitResult.Failed _, CommitResult.Overloaded _ -> "failed";
              };
        };
    assertThat(words(explanation)).as("as explained before").isEqualTo(word);
    return word;
  }

  private static String words(UpdateExplanation explanation) {
    return switch (explanation) {
      case UpdateExplanation.Passes passes -> passes.changes().isEmpty() ? "unchanged" : "changed";
      case UpdateExplanation.AgainstPolicy against -> against.later() ? "later" : "refused";
      case UpdateExplanation.NotAllowed _ -> "refused";
      case UpdateExplanation.Refused no -> no.why().name();
      case UpdateExplanation.NoSuchZone _ -> "no zone";
    };
  }

  private void says(AddressClass kind, Treatment treatment) {
    truth.say(name("home.test."), new TruthPolicy(Map.of(kind, treatment), null));
  }

  /** Threats 17 and 18 through the other door: each policy, each request, as it is by HTTP. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source-networks | 203.0.113.0/24  | add cam.home.test 60 A 192.0.2.1        | changed
          source-networks | 198.51.100.0/24 | add cam.home.test 60 A 192.0.2.1        | refused
          source-networks | 198.51.100.0/24 | add cam.home.test 60 TXT x              | refused
          address-ranges  | 192.0.2.0/24    | add cam.home.test 60 A 192.0.2.1        | changed
          address-ranges  | 192.0.2.0/24    | add cam.home.test 60 A 192.0.3.1        | refused
          address-ranges  | 192.0.2.0/24    | add cam.home.test 60 AAAA 2001:db8::1   | refused
          address-ranges  | 192.0.2.0/24    | add cam.home.test 60 HTTPS 1 . ipv4hint=192.0.3.1 | refused
          address-ranges  | 192.0.2.0/24    | add cam.home.test 60 HTTPS 1 . ipv4hint=192.0.2.1 | changed
          families        | ipv4            | add cam.home.test 60 AAAA 2001:db8::1   | refused
          families        | ipv4            | add cam.home.test 60 A 192.0.2.1        | changed
          ttl-range       | 60-3600         | add cam.home.test 60 A 192.0.2.1        | changed
          ttl-range       | 60-3600         | add cam.home.test 5 A 192.0.2.1         | refused
          locked          | yes             | add cam.home.test 60 A 192.0.2.1        | refused
          locked          | yes             | add cam.home.test 60 CNAME x.home.test. | refused
          locked          | yes             | add cam.home.test 60 HTTPS 1 x.home.test. | refused
          locked          | yes             | add cam.home.test 60 TXT x              | changed
          locked          | yes             | delete cam.home.test A                  | unchanged
          approval        | yes             | add cam.home.test 60 A 192.0.2.1        | refused
          approval        | yes             | add cam.home.test 60 TXT x              | refused
          minimum-tls     | 1.3             | add cam.home.test 60 A 192.0.2.1        | changed
          """)
  void eachPolicyOfAHost(String setting, String value, String line, String word) {
    PolicySetting<?> known = Objects.requireNonNull(PolicySetting.named(setting));
    premises.set(Premises.ofHost(CAM), known, value);
    assertThat(propose(line)).isEqualTo(word);
    if (word.equals("refused")) {
      assertThat(refused).singleElement().asString().contains(setting, "alice");
    }
    // What is no host has no such policies.
    assertThat(propose("add other.home.test 5 A 10.0.0.1", "add other.home.test 60 TXT x"))
        .isEqualTo("changed");
  }

  /** Threats 1 and 2: whoever had a name must not speak for it, nor for its next holder. */
  @Test
  void aNameThatIsKeptBackGetsNothingNewAndMayBeCleared() {
    freed.add(name("gone.home.test"));
    assertThat(propose("add gone.home.test 60 A 192.0.2.1")).isEqualTo("refused");
    assertThat(propose("add gone.home.test 60 TXT x")).isEqualTo("refused");
    assertThat(propose("delete gone.home.test")).isEqualTo("unchanged");
    rule = "subtree home.test type A static";
    assertThat(propose("add gone.home.test 60 A 192.0.2.1"))
        .as("an administrator's")
        .isEqualTo("changed");
  }

  @Test
  void whoWatchesAddressesIsToldOfWhatWasMade() {
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("changed");
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("unchanged");
    assertThat(propose("add tv.home.test 60 A 192.0.2.1")).isEqualTo("changed");
    assertThat(made).containsExactly(CAM + " [/192.0.2.1]");
  }

  @Test
  void whatIsRefusedIsRefusedWholeAndTheDeviceIsAliveAllTheSame() {
    premises.set(Premises.ofHost(CAM), PolicySetting.LOCKED, "yes");
    assertThat(propose("add tv.home.test 60 A 192.0.2.2", "add cam.home.test 60 A 192.0.2.1"))
        .isEqualTo("refused");
    assertThat(premises.rdata("tv.home.test", Type.A)).isEmpty();
    assertThat(heard).contains(name(CAM));
  }

  /** A lock is about what would change: who says the same again does nothing. */
  @Test
  void aLockedHostMayBeToldTheSameAgain() {
    propose("add cam.home.test 60 A 192.0.2.1");
    premises.set(Premises.ofHost(CAM), PolicySetting.LOCKED, "yes");
    assertThat(propose("delete cam.home.test A", "add CAM.home.test 60 A 192.0.2.1"))
        .isEqualTo("unchanged");
    assertThat(propose("delete cam.home.test A")).isEqualTo("refused");
    assertThat(propose("delete cam.home.test")).isEqualTo("refused");
    assertThat(propose("delete cam.home.test A 192.0.2.1")).isEqualTo("refused");
    assertThat(propose("add cam.home.test 60 A 192.0.2.2")).isEqualTo("refused");
    assertThat(premises.rdata(CAM, Type.A)).containsExactly("192.0.2.1");
  }

  /** Threat 4: what a person has yet to see is not published by another door. */
  @Test
  void approvalLetsTheNextUpdateThrough() {
    premises.set(Premises.ofHost(CAM), PolicySetting.APPROVAL, "yes");
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("refused");
    premises.standings.approve(
        new HostApproval(name(CAM), "alice", premises.house.clock.instant()));
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("changed");
  }

  /** Threat 4: nor does it come back below itself; hosts below it are hosts of their own. */
  @Test
  void aBlockedNameGetsNothingNewBelowItEither() {
    premises.host("nas.cam.home.test.");
    propose("add x.cam.home.test 60 TXT x");
    premises.standings.block(
        new HostBlock(name(CAM), "phishing", "alice", premises.house.clock.instant()));
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("refused");
    assertThat(propose("add login.cam.home.test 60 A 192.0.2.1")).isEqualTo("refused");
    assertThat(propose("add a.b.CAM.home.test 60 TXT x")).isEqualTo("refused");
    assertThat(propose("delete x.cam.home.test TXT")).isEqualTo("changed");
    assertThat(propose("add nas.cam.home.test 60 A 192.0.2.1")).isEqualTo("changed");
    assertThat(propose("add x.nas.cam.home.test 60 A 192.0.2.1")).isEqualTo("changed");
    assertThat(propose("add tv.home.test 60 A 192.0.2.1")).isEqualTo("changed");
  }

  @Test
  void theChangeBudgetIsSpentByChangesOnlyAndRefills() {
    premises.set(Premises.ofHost(CAM), PolicySetting.CHANGE_BUDGET, "2/20s");
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("changed");
    assertThat(propose("add cam.home.test 60 A 192.0.2.1")).isEqualTo("unchanged");
    assertThat(propose("add cam.home.test 60 A 192.0.2.2")).isEqualTo("changed");
    assertThat(propose("add cam.home.test 60 A 192.0.2.3")).isEqualTo("later");
    assertThat(propose("add cam.home.test 60 AAAA 2001:db8::1")).isEqualTo("changed");
    premises.house.clock.advance(Duration.ofSeconds(20));
    assertThat(propose("add cam.home.test 60 A 192.0.2.3")).isEqualTo("changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CGNAT    | refuse      | cam | A 100.64.0.1     | refused
          CGNAT    | acknowledge | cam | A 100.64.0.1     | refused
          CGNAT    | publish     | cam | A 100.64.0.1     | changed
          CGNAT    | refuse      | lan | A 100.64.0.1     | refused
          CGNAT    | acknowledge | lan | A 100.64.0.1     | refused
          CGNAT    | publish     | lan | A 100.64.0.1     | changed
          CGNAT    | refuse      | lan | A 192.0.2.1      | changed
          CGNAT    | refuse      | lan | HTTPS 1 . ipv4hint=192.0.2.1,100.64.0.1 | refused
          CGNAT    | refuse      | lan | TXT 100.64.0.1   | changed
          TEREDO   | refuse      | cam | AAAA 2001::1     | refused
          TEREDO   | refuse      | lan | AAAA 2001::1     | refused
          LOOPBACK | refuse      | lan | A 127.0.0.2      | refused
          LOOPBACK | publish     | cam | A 127.0.0.2      | changed
          """)
  void whatTheZoneSaysOfAddresses(
      AddressClass kind, String treatment, String owner, String data, String word) {
    says(kind, TruthPolicy.word(Treatment.class, treatment));
    assertThat(propose("add %s.home.test 60 %s".formatted(owner, data))).isEqualTo(word);
    assertThat(refused).hasSize(word.equals("refused") ? 1 : 0);
    refused.forEach(why -> assertThat(why).contains(kind.words()));
  }

  /** Lists of blocked senders are made of such addresses: nothing was said of the zone. */
  @Test
  void unlessSomethingIsSaidTheRulesOfKeysAreEnoughForNamesOfNoHost() {
    assertThat(propose("add 2.0.0.127.home.test 60 A 127.0.0.2")).isEqualTo("changed");
    assertThat(propose("add x.home.test 60 AAAA ::ffff:192.0.2.1")).isEqualTo("changed");
    assertThat(propose("add cam.home.test 60 A 127.0.0.2")).isEqualTo("refused");
    assertThat(propose("add cam.home.test 60 A 240.0.0.1")).isEqualTo("refused");
    assertThat(propose("add cam.home.test 60 AAAA ::ffff:192.0.2.1")).isEqualTo("refused");
    assertThat(propose("add cam.home.test 60 A 10.0.0.1")).isEqualTo("changed");
  }

  /** What stood there before is not the update's doing, and may always go. */
  @Test
  void whatWasPublishedBeforeIsNotJudgedAgain() {
    propose("add cam.home.test 60 A 10.0.0.1", "add lan.home.test 60 A 10.0.0.1");
    says(AddressClass.PRIVATE, Treatment.REFUSE);
    assertThat(propose("add cam.home.test 60 A 192.0.2.1", "add lan.home.test 60 A 192.0.2.1"))
        .isEqualTo("changed");
    assertThat(propose("delete cam.home.test A 10.0.0.1", "delete lan.home.test A 10.0.0.1"))
        .isEqualTo("changed");
    assertThat(propose("add lan.home.test 60 A 10.0.0.1")).isEqualTo("refused");
  }

  /** Who may change static records speaks for the zone; hosts are not his to move. */
  @Test
  void aRuleWithStaticIsTheAdministratorsWordExceptOfHosts() {
    says(AddressClass.PRIVATE, Treatment.REFUSE);
    rule += " static";
    assertThat(propose("add lan.home.test 60 A 10.0.0.1")).isEqualTo("changed");
    assertThat(propose("add cam.home.test 60 A 10.0.0.1")).isEqualTo("refused");
  }

  @Test
  void theSourceMustMatchOfHosts() {
    truth.say(name("home.test."), new TruthPolicy(Map.of(), SourceMatch.MATCH));
    assertThat(propose("add cam.home.test 60 A 203.0.113.8")).isEqualTo("refused");
    assertThat(propose("add cam.home.test 60 A 203.0.113.7")).isEqualTo("changed");
    assertThat(propose("add lan.home.test 60 A 203.0.113.8")).isEqualTo("changed");
  }

  /** Requestors ask by prerequisites: theirs is the answer then. */
  @Test
  void aPrerequisiteThatDoesNotHoldIsTold() {
    premises.set(Premises.ofHost(CAM), PolicySetting.LOCKED, "yes");
    assertThat(propose("prereq yxdomain cam.home.test", "add cam.home.test 60 A 192.0.2.1"))
        .isEqualTo(Refusal.NAME_NOT_IN_USE.name());
    assertThat(refused).isEmpty();
  }
}
