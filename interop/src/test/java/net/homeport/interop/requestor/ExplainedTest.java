package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explain update} foretells what nsupdate then gets. */
final class ExplainedTest {
  @TempDir static Path folder;
  private static Lab lab;
  private static List<String> signed;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    signed = lab.keyFile(lab.addUsualKey("upd-key"));
    lab.nsupdate(
            signed,
            "update add p.dyn.test 300 A 192.0.2.1",
            "update add p.dyn.test 300 A 192.0.2.2",
            "update add c.dyn.test 300 CNAME p.dyn.test.")
        .succeeded();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOERROR  | update add a.dyn.test 60 A 192.0.2.9
          NOERROR  | update delete ghost.dyn.test A
          NOERROR  | update add c.dyn.test 60 A 192.0.2.9
          NOERROR  | prereq yxdomain p.dyn.test
          NXDOMAIN | prereq yxdomain q.dyn.test
          NOERROR  | prereq nxdomain q.dyn.test
          YXDOMAIN | prereq nxdomain p.dyn.test
          NOERROR  | prereq yxrrset p.dyn.test A
          NXRRSET  | prereq yxrrset p.dyn.test TXT
          NOERROR  | prereq nxrrset p.dyn.test TXT
          YXRRSET  | prereq nxrrset p.dyn.test A
          NOERROR  | prereq yxrrset p.dyn.test A 192.0.2.2;prereq yxrrset p.dyn.test A 192.0.2.1
          NXRRSET  | prereq yxrrset p.dyn.test A 192.0.2.1
          YXDOMAIN | prereq nxdomain p.dyn.test;update add q.dyn.test 60 A 192.0.2.9
          NOTZONE  | prereq yxdomain p.elsewhere.test
          NOTZONE  | update add p.elsewhere.test 60 A 192.0.2.9
          REFUSED  | update add *.dyn.test 60 A 192.0.2.9
          REFUSED  | update add dyn.test 60 NS ns9.dyn.test.
          REFUSED  | update delete dyn.test NS
          REFUSED  | update delete dyn.test SOA
          REFUSED  | update add s.dyn.test 60 NS ns9.dyn.test.
          REFUSED  | update delete www.dyn.test A
          REFUSED  | update add www.dyn.test 60 A 192.0.2.9
          REFUSED  | update delete ns1.dyn.test
          REFUSED  | update add a.dyn.test 60 A 192.0.2.8;update add dyn.test 60 NS ns9.dyn.test.
          """)
  void explainSaysWhatNsupdateGets(String rcode, String lines) {
    List<String> split = List.of(lines.split(";", -1));
    var words = new ArrayList<>(List.of("explain", "update", "--json", "--key", "upd-key"));
    words.addAll(List.of("--zone", "dyn.test"));
    words.addAll(split);
    Result explained = lab.server().command(words.toArray(String[]::new));
    Map<?, ?> told = Json.object(explained.out());
    String before = lab.data("dyn.test", "SOA").toString();
    Result result = lab.nsupdate(signed, split.toArray(String[]::new));
    String after = lab.data("dyn.test", "SOA").toString();

    assertThat(Lab.status(result)).as("nsupdate").isEqualTo(rcode);
    assertThat(told.get("rcode")).as("explain update: %s", told).isEqualTo(rcode);
    assertThat(told.get("passes")).isEqualTo("NOERROR".equals(rcode));
    assertThat(explained.exitCode()).isEqualTo("NOERROR".equals(rcode) ? 0 : 1);
    if (!"NOERROR".equals(rcode)) {
      assertThat(result.output()).contains("update failed: " + rcode);
      assertThat(after).as("nothing changes").isEqualTo(before);
    }
  }
}
