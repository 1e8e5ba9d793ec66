package net.homeport.registry.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.policy.Grant;
import net.homeport.registry.policy.RuleText;
import net.homeport.registry.policy.UpdatePolicy;
import net.homeport.registry.policy.UpdateRule;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor.Decision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** From a signed update to the zone, written as nsupdate has it. */
final class DnsUpdatesTest {
  private static final Name KEY = name("Router.dyn.test.");

  private final House house =
      new House("dyn.test\nfixed A 192.0.2.9\nalias CNAME fixed\nsub NS ns.sub\n");
  private String rule = "subtree dyn.test type A,AAAA,TXT,CNAME";
  private final DnsUpdates updates =
      new DnsUpdates(
          new UpdatePolicy(
              _ -> new Grant(KEY, false, new TreeMap<>(Map.of(1, RuleText.parse(rule)))),
              house.clock),
          house.writer,
          house.clock);

  @AfterEach
  void close() {
    house.close();
  }

  private static Requestor requestor(Requestor.Carrier carrier) {
    return new Requestor(
        new Requestor.Proof.SharedKey(KEY), InetAddress.ofLiteral("198.51.100.7"), carrier);
  }

  private Decision propose(String... lines) {
    return updates
        .propose(
            NsupdateText.parse(List.of(lines), name("dyn.test")), requestor(Requestor.Carrier.TLS))
        .join();
  }

  private UpdateExplanation explain(String... lines) {
    return updates.explain(
        NsupdateText.parse(List.of(lines), name("dyn.test")), requestor(Requestor.Carrier.UDP));
  }

  /** Threat 4: who is blocked does not come back by a signed update. */
  @Test
  void aVetoHoldsWhateverTheKeyMayDo() {
    var vetoed =
        new DnsUpdates(
            new UpdatePolicy(
                _ -> new Grant(KEY, false, new TreeMap<>(Map.of(1, RuleText.parse(rule)))),
                house.clock),
            house.writer,
            ZoneRoles.ALL_PRIMARY,
            house.clock,
            RejectedAttempts.NONE,
            new SignedUpdateJudge(
                _ -> null,
                name -> name.equals(name("bad.dyn.test")) ? "it was blocked: phishing" : null,
                NameVeto.NONE,
                AddressVeto.NONE,
                List.of(),
                List.of()),
            (_, _) -> {});
    Decision decision =
        vetoed
            .propose(
                NsupdateText.parse(
                    List.of("add cam.dyn.test 60 A 192.0.2.1", "add BAD.dyn.test 60 A 192.0.2.1"),
                    name("dyn.test")),
                requestor(Requestor.Carrier.TCP))
            .join();
    assertThat(decision).isEqualTo(new Decision.NotAllowed("it was blocked: phishing"));
    assertThat(house.rdata("cam.dyn.test", Type.A)).isEmpty();
  }

  private static void assertRefused(Decision decision, Refusal why) {
    assertThat(decision).isEqualTo(new Decision.Decided(new CommitResult.Refused(why)));
  }

  @Test
  void anAllowedUpdateIsMadeAndSaysWhoseItIs() {
    Decision decision = propose("update add cam.dyn.test 60 A 192.0.2.1");
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Decided.class,
            decided -> assertThat(decided.result()).isInstanceOf(CommitResult.Committed.class));
    assertThat(house.rdata("cam.dyn.test", Type.A)).containsExactly("192.0.2.1");
    Attribution who = ((Changeset) house.journal.getLast()).changes().getFirst().attribution();
    assertThat(who.actor()).isEqualTo("Router.dyn.test");
    assertThat(who.frontDoor()).isEqualTo("dns-tls");
    assertThat(who.source()).isEqualTo(InetAddress.ofLiteral("198.51.100.7"));
    assertThat(who.at()).isEqualTo(house.clock.instant());
    assertThat(who.rule()).isEqualTo("rule 1: " + RuleText.parse(rule));
  }

  @Test
  void whatIsNotAllowedChangesNothingAndSaysWhy() {
    assertThat(propose("add cam.dyn.test 60 A 192.0.2.1", "add cam.dyn.test 60 MX 1 x."))
        .isInstanceOfSatisfying(
            Decision.NotAllowed.class,
            not -> assertThat(not.why()).contains("Router.dyn.test", "cam.dyn.test MX"));
    assertThat(house.rdata("cam.dyn.test", Type.A)).isEmpty();
    assertThat(house.journal).isEmpty();
  }

  @Test
  void anAliasInTheWayIsPassedOverAndTheRestTakesEffect() {
    propose("add alias.dyn.test 60 A 192.0.2.1", "add cam.dyn.test 60 A 192.0.2.1");
    assertThat(house.rdata("alias.dyn.test", Type.A)).isEmpty();
    assertThat(house.rdata("alias.dyn.test", Type.CNAME)).containsExactly("fixed.dyn.test.");
    assertThat(house.rdata("cam.dyn.test", Type.A)).containsExactly("192.0.2.1");
    propose("add cam.dyn.test 60 CNAME fixed.dyn.test.");
    assertThat(house.rdata("cam.dyn.test", Type.CNAME)).isEmpty();
  }

  @Test
  void staticRecordsAreProtectedUnlessTheRuleSaysOtherwise() {
    assertRefused(propose("delete fixed.dyn.test A"), Refusal.STATIC_RECORD);
    assertRefused(propose("delete fixed.dyn.test"), Refusal.STATIC_RECORD);
    assertRefused(propose("add fixed.dyn.test 60 A 192.0.2.1"), Refusal.STATIC_RECORD);
    assertRefused(propose("add x.sub.dyn.test 60 A 192.0.2.1"), Refusal.BELOW_ZONE_CUT);
    assertThat(house.rdata("fixed.dyn.test", Type.A)).containsExactly("192.0.2.9");
    rule += " static";
    propose("delete fixed.dyn.test A", "add fixed.dyn.test 60 A 192.0.2.1");
    assertThat(house.rdata("fixed.dyn.test", Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void otherRefusalsAreThoseOfTheRfc() {
    assertRefused(
        propose("zone other.test", "add x.other.test 60 A 192.0.2.1"), Refusal.NO_SUCH_ZONE);
    assertRefused(
        propose("zone cam.dyn.test", "add cam.dyn.test 60 A 192.0.2.1"), Refusal.NO_SUCH_ZONE);
    assertRefused(
        propose("prereq nxdomain fixed.dyn.test", "add cam.dyn.test 60 A 192.0.2.1"),
        Refusal.NAME_IN_USE);
    rule = "subtree other.test";
    assertRefused(propose("add x.other.test 60 A 192.0.2.1"), Refusal.OUTSIDE_ZONE);
  }

  @Test
  void anExplanationChangesNothingAndSaysTheSame() {
    String line = "add cam.dyn.test 60 A 192.0.2.1";
    assertThat(explain(line))
        .isInstanceOfSatisfying(
            UpdateExplanation.Passes.class, passes -> assertThat(passes.changes()).hasSize(1));
    assertThat(house.journal).isEmpty();
    assertThat(explain("delete nothing.dyn.test A"))
        .isInstanceOfSatisfying(
            UpdateExplanation.Passes.class, passes -> assertThat(passes.changes()).isEmpty());
    assertThat(explain("delete fixed.dyn.test A"))
        .isInstanceOfSatisfying(
            UpdateExplanation.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Refusal.STATIC_RECORD));
    assertThat(explain("prereq yxdomain none.dyn.test", line))
        .isInstanceOfSatisfying(
            UpdateExplanation.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Refusal.NAME_NOT_IN_USE));
    assertThat(explain("add cam.dyn.test 60 MX 1 x."))
        .isInstanceOf(UpdateExplanation.NotAllowed.class);
    assertThat(explain("zone cam.dyn.test", line))
        .isEqualTo(new UpdateExplanation.NoSuchZone(List.of(name("dyn.test"))));
  }

  @Test
  void linesOfNsupdateAreRead() {
    var update =
        NsupdateText.parse(
            List.of(
                "; a comment",
                "server 192.0.2.1 53",
                "key hmac-sha256:x secret",
                "zone dyn.test",
                "ttl 300",
                "prereq yxrrset a.dyn.test A 192.0.2.1",
                "prereq yxrrset a.dyn.test IN A 192.0.2.2",
                "nxrrset b.dyn.test AAAA",
                "update add a.dyn.test IN TXT \"two ; words\" three",
                "del a.dyn.test 60 A",
                "update delete a.dyn.test",
                "update delete a.dyn.test A 192.0.2.1",
                "send"),
            null);
    assertThat(update.zone()).isEqualTo(name("dyn.test"));
    assertThat(update.prerequisites()).hasSize(2);
    assertThat(update.operations()).hasSize(4);
    assertThat(update.operations().getFirst().toString())
        .contains("300\tIN\tTXT\t\"two ; words\" three");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update | update add NAME TTL TYPE DATA",
        "update add | the name is missing",
        "update add a.dyn.test A 192.0.2.1 | the TTL is missing",
        "update add a.dyn.test 60 | the type is missing",
        "update add a.dyn.test 60 A | the data of the record is missing",
        "update add a.dyn.test 60 A 192.0.2.999 | line 1, 'update add",
        "update add a.dyn.test 60 NOSUCH x | not a type",
        "update add a.dyn.test 99999999999 A 192.0.2.1 | not a TTL",
        "update delete a..b | not a domain name",
        "update delete a.test ANY | not a type",
        "prereq maybe a.test | prereq nxdomain NAME",
        "prereq nxrrset a.test | the type is missing",
        "class CH | only the class IN",
        "nonsense | is no command",
      })
  void whatIsNoUpdateIsExplained(String line, String words) {
    assertThatThrownBy(() -> NsupdateText.parse(List.of(line), name("dyn.test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
    assertThatThrownBy(() -> NsupdateText.parse(List.of(), null))
        .hasMessageContaining("which zone");
    assertThat(UpdateRule.DEFAULT_TYPES).doesNotContain(Type.NS, Type.SOA, Type.DNAME, Type.DS);
  }
}
