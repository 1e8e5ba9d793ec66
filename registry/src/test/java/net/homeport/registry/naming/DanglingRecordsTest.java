package net.homeport.registry.naming;

import static net.homeport.registry.restriction.Premises.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.Premises;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Records that point at names which nobody holds. */
final class DanglingRecordsTest {
  private final House house =
      new House(
          """
          home.test.
          @       MX    10 mx
          @       MX    20 gone
          mx      A     192.0.2.25
          six     AAAA  2001:db8::6
          text    TXT   "only"
          good    CNAME mx
          good2   CNAME text
          six2    MX    10 six
          bad     CNAME nowhere
          chain   CNAME bad
          cam2    CNAME cam
          nas2    MX    10 nas
          host3   CNAME idle
          nomail  MX    0 .
          svc     SRV   0 0 443 gone.other.test.
          svc2    SRV   0 0 443 mx
          web     HTTPS 1 gone.home.test.
          self    HTTPS 1 .
          out     CNAME shop.example.com.
          out2    CNAME out
          textmx  MX    10 text
          child   NS    ns.child
          child   NS    ns2.child
          ns.child A    192.0.2.53
          loop    CNAME loop2
          loop2   CNAME loop
          *.wild  A     192.0.2.9
          w       CNAME any.wild
          """,
          "other.test.\nback CNAME gone.home.test.\n");
  private final HostPolicies policies = new HostPolicies(new MemoryPolicyStore());
  private final Quarantine quarantine =
      new Quarantine(new MemoryNameStore(), policies, HostOwners.ADMINISTRATOR, house.clock);
  private final Premises premises =
      new Premises(house, new MemoryPolicyStore(), List.of(quarantine), List.of());
  private final DanglingRecords records =
      new DanglingRecords(house.writer::snapshot, premises.hosts, quarantine);

  @AfterEach
  void close() {
    house.close();
  }

  private List<String> found(String zone) {
    return records.find(name(zone)).stream()
        .map(one ->
            "%s %s %s %s"
                .formatted(
                    one.owner().toString(true),
                    Type.string(one.type()),
                    one.target().toString(true),
                    one.state()))
        .toList();
  }

  @Test
  void whatPointsNowhereIsFoundAndWhatPointsSomewhereIsNot() {
    premises.host("idle.home.test.");
    String secret = premises.host("nas.home.test.");
    premises.update("nas.home.test.", secret, "192.0.2.7");
    premises.host("cam.home.test.");
    premises.hosts.remove(name("cam.home.test."));
    assertThat(found("home.test."))
        .containsExactlyInAnyOrder(
            "home.test NS ns.elsewhere.invalid ELSEWHERE",
            "home.test MX gone.home.test MISSING",
            "bad.home.test CNAME nowhere.home.test MISSING",
            "chain.home.test CNAME bad.home.test MISSING",
            "cam2.home.test CNAME cam.home.test QUARANTINED",
            "host3.home.test CNAME idle.home.test WITHDRAWN",
            "svc.home.test SRV gone.other.test MISSING",
            "web.home.test HTTPS gone.home.test MISSING",
            "out.home.test CNAME shop.example.com ELSEWHERE",
            "out2.home.test CNAME out.home.test ELSEWHERE",
            "textmx.home.test MX text.home.test MISSING",
            "child.home.test NS ns2.child.home.test ELSEWHERE",
            "loop.home.test CNAME loop2.home.test MISSING",
            "loop2.home.test CNAME loop.home.test MISSING");
  }

  @Test
  void allZonesAreLookedAtUnlessOneIsNamed() {
    assertThat(found("other.test."))
        .containsExactlyInAnyOrder(
            "other.test NS ns.elsewhere.invalid ELSEWHERE",
            "back.other.test CNAME gone.home.test MISSING");
    assertThat(records.find(null)).extracting(DanglingRecord::zone).contains(name("home.test."));
    assertThat(records.find(name("none.test."))).isEmpty();
  }

  @Test
  void aHostThatIsWithdrawnIsFoundAndOneThatCameBackIsNot() {
    String secret = premises.host("cam.home.test.");
    premises.update("cam.home.test.", secret, "192.0.2.7");
    assertThat(found("home.test.")).noneMatch(line -> line.startsWith("cam2"));
    var host = Objects.requireNonNull(premises.hosts.host(name("cam.home.test.")));
    premises.updates.withdraw(host, House.ADMINISTRATOR);
    assertThat(found("home.test.")).contains("cam2.home.test CNAME cam.home.test WITHDRAWN");
    premises.update("cam.home.test.", secret, "2001:db8::7");
    assertThat(found("home.test.")).noneMatch(line -> line.startsWith("cam2"));
  }
}
