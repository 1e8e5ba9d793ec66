package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.homeport.interop.harness.Commands.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** knsupdate of Knot, with the file and the lines that {@code key add} prints. */
final class KnsupdateTest {
  @TempDir static Path folder;
  private static Lab lab;
  private static KeyRecipes key;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    key = lab.addUsualKey("upd-key");
    // As printed: first the content of the file, then what to type.
    String content = key.block("knsupdate, first").lines().findFirst().orElseThrow();
    lab.secretFile("upd-key.knot", content + "\n");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static Result knsupdate(List<String> options, String... lines) {
    String text =
        "server 127.0.0.1 %d\nzone dyn.test\n%s\nsend\nanswer\nquit\n"
            .formatted(lab.port(), String.join("\n", lines));
    var command = new ArrayList<>(List.of("knsupdate"));
    command.addAll(options);
    command.add(lab.file("knsupdate.txt", text).toString());
    return lab.run(command);
  }

  private static Result signed(String... lines) {
    return knsupdate(List.of("-k", folder.resolve("upd-key.knot").toString()), lines);
  }

  private static Result signedBy(String name, String secret) {
    return knsupdate(
        List.of("-y", "hmac-sha256:" + name + ":" + secret), "add bad.dyn.test. 60 A 192.0.2.1");
  }

  @Test
  void thePrintedLinesWork() {
    String lines =
        key.block("knsupdate, first").lines().skip(1).reduce("", (all, line) -> all + line + "\n");
    lab.shell(lines).succeeded();
    assertThat(lab.data("test.dyn.test", "A")).containsExactly("198.51.100.7");
  }

  @Test
  void addsAndDeletesByUdpAndTcp() {
    signed("add k.dyn.test. 60 A 192.0.2.1", "add k.dyn.test. 60 A 192.0.2.2").succeeded();
    assertThat(lab.data("k.dyn.test", "A")).containsExactly("192.0.2.1", "192.0.2.2");
    signed("del k.dyn.test. A 192.0.2.1").succeeded();
    assertThat(lab.data("k.dyn.test", "A")).containsExactly("192.0.2.2");
    knsupdate(
            List.of("-v", "-k", folder.resolve("upd-key.knot").toString()),
            "del k.dyn.test. A",
            "add k.dyn.test. 60 A 192.0.2.3")
        .succeeded();
    assertThat(lab.data("k.dyn.test", "A")).containsExactly("192.0.2.3");
    signed("del k.dyn.test.").succeeded();
    assertThat(lab.data("k.dyn.test", "A")).isEmpty();
  }

  @Test
  void prerequisites() {
    signed("add p.dyn.test. 60 A 192.0.2.1").succeeded();
    signed("prereq yxdomain p.dyn.test.", "prereq yxrrset p.dyn.test. A 192.0.2.1").succeeded();
    assertThat(signed("prereq nxdomain p.dyn.test.").output()).contains("YXDOMAIN");
    assertThat(signed("prereq yxdomain q.dyn.test.").output()).contains("NXDOMAIN");
    assertThat(signed("prereq nxrrset p.dyn.test. A").output()).contains("YXRRSET");
    assertThat(signed("prereq yxrrset p.dyn.test. TXT").output()).contains("NXRRSET");
  }

  @Test
  void whatIsRefusedIsNamed() {
    assertThat(signed("add *.dyn.test. 60 A 192.0.2.1").output()).contains("REFUSED");
    assertThat(signed("del www.dyn.test. A").output()).contains("REFUSED");
    assertThat(signedBy("upd-key", "A".repeat(43) + "=").output()).contains("BADSIG");
    assertThat(signedBy("nobody", key.secret()).output()).contains("BADKEY");
    assertThat(lab.data("www.dyn.test", "A")).containsExactly("192.0.2.80");
    assertThat(lab.data("bad.dyn.test", "A")).isEmpty();
  }
}
