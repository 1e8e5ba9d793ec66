package net.homeport.registry.policy;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.policy.UpdateDecision.Allowed;
import net.homeport.registry.policy.UpdateDecision.Denied;
import net.homeport.registry.update.NsupdateText;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.Management;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.update.UpdateOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Rules as a person writes them, updates as nsupdate has them, and what may pass. */
final class UpdatePolicyTest {
  private static final Name KEY = name("cam.dyn.test.");

  private final FakeClock clock = new FakeClock();
  private boolean disabled;

  private UpdateDecision decide(String rules, Proof proof, String address, String... lines) {
    SortedMap<Integer, UpdateRule> numbered = new TreeMap<>();
    rules
        .lines()
        .flatMap(line -> List.of(line.split(";")).stream())
        .filter(line -> !line.isBlank())
        .forEach(line -> numbered.put(numbered.size() + 1, RuleText.parse(line)));
    var policy =
        new UpdatePolicy(
            asked ->
                asked.equals(new Proof.SharedKey(KEY)) ? new Grant(KEY, disabled, numbered) : null,
            clock);
    try (var house =
        new House("dyn.test\nmixed A 192.0.2.1\nmixed MX 10 mx\nplain A 192.0.2.1\n@ TXT apex\n")) {
      ZoneSnapshot zones = house.writer.snapshot();
      return policy.decide(
          NsupdateText.parse(List.of(lines), name("dyn.test")),
          new Requestor(proof, InetAddress.ofLiteral(address), Requestor.Carrier.TCP),
          zones);
    }
  }

  private UpdateDecision decide(String rules, String... lines) {
    return decide(rules, new Proof.SharedKey(KEY), "192.0.2.7", lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // owners
        "owner a.dyn.test | add a.dyn.test 60 A 192.0.2.1 | true",
        "owner a.dyn.test | add A.Dyn.Test 60 A 192.0.2.1 | true",
        "owner a.dyn.test | add b.dyn.test 60 A 192.0.2.1 | false",
        "owner a.dyn.test | add x.a.dyn.test 60 A 192.0.2.1 | false",
        "subtree a.dyn.test | add a.dyn.test 60 A 192.0.2.1 | true",
        "subtree a.dyn.test | add x.y.a.dyn.test 60 A 192.0.2.1 | true",
        "subtree a.dyn.test | add xa.dyn.test 60 A 192.0.2.1 | false",
        "subtree a.dyn.test | add dyn.test 60 A 192.0.2.1 | false",
        "self | add cam.dyn.test 60 A 192.0.2.1 | true",
        "self | add x.cam.dyn.test 60 A 192.0.2.1 | false",
        "self-subtree | add x.cam.dyn.test 60 A 192.0.2.1 | true",
        "self-subtree | add cam.dyn.test 60 A 192.0.2.1 | true",
        "self-subtree | add cam2.dyn.test 60 A 192.0.2.1 | false",
        "pattern *.dyn.test | add x.dyn.test 60 A 192.0.2.1 | true",
        "pattern *.dyn.test | add x.y.dyn.test 60 A 192.0.2.1 | false",
        "pattern *.dyn.test | add dyn.test 60 A 192.0.2.1 | false",
        "pattern _acme-challenge.*.dyn.test | add _ACME-challenge.x.dyn.test 60 TXT t | true",
        "pattern _acme-challenge.*.dyn.test | add x.dyn.test 60 TXT t | false",
        "pattern host*9.dyn.test | add Host19.dyn.test 60 A 192.0.2.1 | true",
        "pattern host*9.dyn.test | add host9.dyn.test 60 A 192.0.2.1 | true",
        "pattern host*9.dyn.test | add host91.dyn.test 60 A 192.0.2.1 | false",
        "pattern a*a.dyn.test | add a.dyn.test 60 A 192.0.2.1 | false",
        // wildcards
        "subtree dyn.test | add *.dyn.test 60 A 192.0.2.1 | false",
        "pattern *.dyn.test | add *.dyn.test 60 A 192.0.2.1 | false",
        "owner *.dyn.test | add *.dyn.test 60 A 192.0.2.1 | true",
        "owner *.dyn.test | add x.dyn.test 60 A 192.0.2.1 | false",
        // types
        "subtree dyn.test | add a.dyn.test 60 SRV 1 2 3 x. | true",
        "subtree dyn.test | add a.dyn.test 60 MX 1 x. | false",
        "subtree dyn.test | add a.dyn.test 60 NS x. | false",
        "subtree dyn.test type NS | add a.dyn.test 60 NS x. | true",
        "subtree dyn.test type NS | add a.dyn.test 60 A 192.0.2.1 | false",
        "subtree dyn.test | add a.dyn.test 60 DNAME x. | false",
        "subtree dyn.test type DNAME | add a.dyn.test 60 DNAME x. | true",
        "subtree dyn.test type NS | add dyn.test 60 NS x. | false",
        "owner dyn.test type NS | add dyn.test 60 NS x. | true",
        "subtree dyn.test type SOA | add dyn.test 60 SOA a. b. 1 2 3 4 5 | false",
        "owner dyn.test type SOA | add dyn.test 60 SOA a. b. 1 2 3 4 5 | true",
        "subtree dyn.test | add a.dyn.test 60 DS 1 13 2 abababababababababababababababababababababababababababababababab | false",
        "subtree dyn.test type TYPE65400 | add a.dyn.test 60 TYPE65400 \\# 1 00 | true",
        // operations
        "subtree dyn.test operation add | add a.dyn.test 60 A 192.0.2.1 | true",
        "subtree dyn.test operation add | delete a.dyn.test A | false",
        "subtree dyn.test operation delete | delete a.dyn.test A 192.0.2.1 | true",
        "subtree dyn.test operation delete | add a.dyn.test 60 A 192.0.2.1 | false",
        "subtree dyn.test operation add | add a.dyn.test 60 CNAME x. | false",
        "subtree dyn.test | add a.dyn.test 60 CNAME x. | true",
        // all RRsets of a name
        "subtree dyn.test type A | delete plain.dyn.test | true",
        "subtree dyn.test type AAAA | delete plain.dyn.test | false",
        "subtree dyn.test type A | delete mixed.dyn.test | false",
        "subtree dyn.test type A;subtree dyn.test type MX | delete mixed.dyn.test | true",
        "subtree dyn.test type A | delete nothing.dyn.test | true",
        "subtree x.dyn.test type A | delete nothing.dyn.test | false",
        "subtree dyn.test type TXT | delete dyn.test | true",
        "subtree dyn.test type A | delete dyn.test | false",
        // zones, sources
        "zone dyn.test subtree dyn.test | add a.dyn.test 60 A 192.0.2.1 | true",
        "zone other.test subtree dyn.test | add a.dyn.test 60 A 192.0.2.1 | false",
        "zone other.test zone Dyn.test subtree dyn.test | add a.dyn.test 60 A 192.0.2.1 | true",
        "subtree dyn.test from 192.0.2.0/24 | add a.dyn.test 60 A 192.0.2.1 | true",
        "subtree dyn.test from 192.0.2.8/29 from ::/0 | add a.dyn.test 60 A 192.0.2.1 | false",
        // the default
        " | add cam.dyn.test 60 A 192.0.2.1 | false",
        " | prereq yxdomain dyn.test | false",
        "subtree dyn.test | prereq yxdomain elsewhere.test | true",
      })
  void oneOperation(String rules, String line, boolean allowed) {
    assertThat(decide(rules == null ? "" : rules, line) instanceof Allowed).isEqualTo(allowed);
  }

  @Test
  void oneOperationTooManyDeniesAll() {
    String[] lines = {
      "add a.dyn.test 60 A 192.0.2.1", "add b.dyn.test 60 A 192.0.2.1", "delete c.dyn.test TXT"
    };
    assertThat(decide("owner a.dyn.test;owner b.dyn.test", lines))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> {
              assertThat(denied.operation())
                  .isEqualTo(new UpdateOperation.DeleteRrset(name("c.dyn.test"), Type.TXT));
              assertThat(denied.why()).contains("delete c.dyn.test TXT");
              assertThat(denied.rules())
                  .hasSize(2)
                  .allSatisfy(rule -> assertThat(rule.why()).contains("does not cover the name"));
            });
    assertThat(decide("owner a.dyn.test;owner b.dyn.test;owner c.dyn.test", lines))
        .isInstanceOfSatisfying(
            Allowed.class,
            done ->
                assertThat(done.rules())
                    .startsWith("rule 1: owner a.dyn.test type A,")
                    .contains("; rule 2: ", "; rule 3: "));
  }

  @Test
  void nothingProvenNothingAllowedFromWhereverItComes() {
    String line = "add a.dyn.test 60 A 192.0.2.1";
    assertThat(decide("subtree dyn.test from 192.0.2.7", new Proof.None(), "192.0.2.7", line))
        .isInstanceOf(Denied.class);
    assertThat(decide("subtree dyn.test", new Proof.PublicKey(KEY), "192.0.2.7", line))
        .isInstanceOf(Denied.class);
    assertThat(
            decide("subtree dyn.test", new Proof.SharedKey(name("other.test")), "192.0.2.7", line))
        .isInstanceOf(Denied.class);
    assertThat(decide("subtree dyn.test", line)).isInstanceOf(Allowed.class);
    disabled = true;
    assertThat(decide("subtree dyn.test", line))
        .isInstanceOfSatisfying(
            Denied.class, denied -> assertThat(denied.why()).contains("disabled"));
  }

  @Test
  void aRuleEndsWhenItExpires() {
    String rule = "subtree dyn.test expires " + clock.instant().plusSeconds(60);
    String line = "add a.dyn.test 60 A 192.0.2.1";
    clock.advance(Duration.ofSeconds(59));
    assertThat(decide(rule, line)).isInstanceOf(Allowed.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(decide(rule, line))
        .isInstanceOfSatisfying(
            Denied.class,
            denied -> assertThat(denied.rules().getFirst().why()).contains("expired"));
  }

  @Test
  void aNameIsDeletedByTheTypesThatWereLookedAt() {
    var allowed =
        (Allowed)
            decide(
                "subtree dyn.test type A,TXT,MX",
                "add mixed.dyn.test 60 TXT t",
                "delete mixed.dyn.test",
                "delete dyn.test");
    Name mixed = name("mixed.dyn.test");
    assertThat(allowed.performed())
        .hasSize(5)
        .contains(
            new UpdateOperation.DeleteRrset(mixed, Type.A),
            new UpdateOperation.DeleteRrset(mixed, Type.MX),
            new UpdateOperation.DeleteRrset(mixed, Type.TXT),
            new UpdateOperation.DeleteRrset(name("dyn.test"), Type.TXT));
    assertThat(
            decide(
                "subtree dyn.test type A,MX; subtree dyn.test type TXT operation add",
                "add mixed.dyn.test 60 TXT t",
                "delete mixed.dyn.test"))
        .as("what the message itself adds is deleted, too")
        .isInstanceOf(Denied.class);
  }

  @Test
  void staticRecordsOnlyWhereEveryOperationMay() {
    String[] lines = {"add a.dyn.test 60 A 192.0.2.1", "add b.dyn.test 60 A 192.0.2.1"};
    assertThat(management("subtree dyn.test", lines)).isEqualTo(Management.DYNAMIC);
    assertThat(management("subtree dyn.test static", lines)).isEqualTo(Management.STATIC);
    assertThat(management("owner a.dyn.test static;owner b.dyn.test", lines))
        .isEqualTo(Management.DYNAMIC);
    assertThat(management("subtree dyn.test;subtree dyn.test static", lines))
        .isEqualTo(Management.STATIC);
    assertThat(management("subtree dyn.test static")).isEqualTo(Management.DYNAMIC);
  }

  private Management management(String rules, String... lines) {
    return ((Allowed) decide(rules, lines)).management();
  }
}
