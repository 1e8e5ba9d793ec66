package net.homeport.registry.policy;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.policy.UpdateDecision.Allowed;
import net.homeport.registry.update.NsupdateText;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** Every rule of one zone, owner, type and operation against every such operation. */
final class UpdatePolicyMatrixTest {
  private static final Name KEY = name("a.dyn.test.");

  /** Which owners each pattern covers; none else. */
  private static final Map<String, Set<String>> COVERED =
      Map.of(
          "owner a.dyn.test", Set.of("a.dyn.test"),
          "owner *.a.dyn.test", Set.of("*.a.dyn.test"),
          "owner dyn.test", Set.of("dyn.test"),
          "subtree a.dyn.test", Set.of("a.dyn.test", "x.a.dyn.test"),
          "subtree dyn.test", Set.of("dyn.test", "a.dyn.test", "x.a.dyn.test", "b.dyn.test"),
          "pattern *.dyn.test", Set.of("a.dyn.test", "b.dyn.test"),
          "self", Set.of("a.dyn.test"),
          "self-subtree", Set.of("a.dyn.test", "x.a.dyn.test"));

  private static final List<String> OWNERS =
      List.of(
          "dyn.test", "a.dyn.test", "x.a.dyn.test", "*.a.dyn.test", "b.dyn.test", "a.other.test");
  private static final Map<String, String> DATA =
      Map.of("A", "192.0.2.1", "MX", "1 x.", "NS", "x.", "DNAME", "x.");

  private int allowed;
  private int denied;

  @Test
  void exactlyWhatARuleSays() {
    try (var house = new House("dyn.test\n", "other.test\n")) {
      ZoneSnapshot zones = house.writer.snapshot();
      for (String zone : List.of("dyn.test", "other.test")) {
        for (String pattern : COVERED.keySet()) {
          for (String type : DATA.keySet()) {
            for (String operation : List.of("add", "delete", "add,delete")) {
              UpdateRule rule =
                  RuleText.parse(
                      "zone %s %s type %s operation %s".formatted(zone, pattern, type, operation));
              allOperations(zones, rule, zone, pattern, type, operation);
            }
          }
        }
      }
    }
    assertThat(allowed).isGreaterThan(100);
    assertThat(denied).isGreaterThan(10 * allowed);
  }

  private void allOperations(
      ZoneSnapshot zones,
      UpdateRule rule,
      String zone,
      String pattern,
      String type,
      String operation) {
    var policy =
        new UpdatePolicy(
            _ -> new Grant(KEY, false, new TreeMap<>(Map.of(1, rule))), new FakeClock());
    for (String section : List.of("dyn.test", "other.test")) {
      for (String owner : OWNERS) {
        for (Map.Entry<String, String> data : DATA.entrySet()) {
          for (String deed : List.of("add", "delete")) {
            String line =
                deed.equals("add")
                    ? "add %s 60 %s %s".formatted(owner, data.getKey(), data.getValue())
                    : "delete %s %s".formatted(owner, data.getKey());
            boolean expected =
                section.equals(zone)
                    && COVERED.getOrDefault(pattern, Set.of()).contains(owner)
                    && data.getKey().equals(type)
                    && (operation.equals("add,delete")
                        || (operation.equals(deed)
                            && !(deed.equals("add") && type.equals("DNAME"))))
                    && !(type.equals("NS")
                        && owner.equals(section)
                        && !pattern.startsWith("owner"));
            ProposedUpdate update = NsupdateText.parse(List.of(line), name(section));
            assertThat(policy.decide(update, REQUESTOR, zones) instanceof Allowed)
                .as("%s in %s under %s", line, section, rule)
                .isEqualTo(expected);
            allowed += expected ? 1 : 0;
            denied += expected ? 0 : 1;
          }
        }
      }
    }
  }

  private static final Requestor REQUESTOR =
      new Requestor(
          new Requestor.Proof.SharedKey(KEY),
          InetAddress.ofLiteral("192.0.2.7"),
          Requestor.Carrier.TCP);
}
