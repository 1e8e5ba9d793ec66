package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set of hosts and of the zone holds for nsupdate, too, and {@code explain} says so. */
final class HostPoliciesTest {
  private static final String KEPT = "192.0.2.10";
  @TempDir static Path folder;
  private static Lab lab;
  private static List<String> signed;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    signed = lab.keyFile(lab.addUsualKey("upd-key"));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void command(String... words) {
    lab.server().command(words).succeeded();
  }

  private static String host(String label) {
    String host = label + ".dyn.test";
    command("host", "add", host);
    update("NOERROR", "update add %s 60 A %s".formatted(host, KEPT));
    return host;
  }

  /** Explains, sends, and compares both. */
  private static Map<?, ?> update(String rcode, String line) {
    Result explained =
        lab.server()
            .command(
                "explain",
                "update",
                "--json",
                "--key",
                "upd-key",
                "--zone",
                "dyn.test",
                "--from",
                "127.0.0.1",
                line);
    Map<?, ?> told = Json.object(explained.out());
    assertThat(told.get("rcode")).as("explain update: %s", told).isEqualTo(rcode);
    assertThat(Lab.status(lab.nsupdate(signed, line))).as("nsupdate").isEqualTo(rcode);
    return told;
  }

  private static void refused(String host, String data, String why) {
    assertThat(update("REFUSED", "update add %s 60 %s".formatted(host, data)).get("why"))
        .asString()
        .contains(why);
  }

  @Test
  void aLockedHost() {
    String host = host("locked");
    command("policy", "set", "--host", host, "locked", "yes");
    refused(host, "A 192.0.2.11", "locked is yes");
    update("NOERROR", "update add %s 60 A %s".formatted(host, KEPT));
    assertThat(lab.data(host, "A")).containsExactly(KEPT);
    command("policy", "unset", "--host", host, "locked");
    update("NOERROR", "update add %s 60 A 192.0.2.11".formatted(host));
  }

  @Test
  void aHostThatWaitsForApproval() {
    command("host", "add", "new.dyn.test");
    command("policy", "set", "--host", "new.dyn.test", "approval", "yes");
    refused("new.dyn.test", "A 192.0.2.11", "host approve new.dyn.test");
    assertThat(lab.data("new.dyn.test", "A")).isEmpty();
    command("host", "approve", "new.dyn.test");
    update("NOERROR", "update add new.dyn.test 60 A 192.0.2.11");
  }

  @Test
  void aBlockedNameAndWhatLiesBelowIt() {
    String host = host("blocked");
    command("host", "block", host, "--reason", "phishing");
    refused(host, "A 192.0.2.11", "phishing");
    refused("login." + host, "A 192.0.2.11", "phishing");
    assertThat(lab.data(host, "A")).isEmpty();
  }

  @Test
  void whatTheZoneSaysOfAddresses() {
    String host = host("carried");
    command("truth", "set", "dyn.test", "--cgnat", "refuse", "--class", "6to4=acknowledge");
    refused(host, "A 100.64.0.1", "carrier-grade NAT");
    refused("lease." + host, "A 100.64.0.1", "carrier-grade NAT");
    refused(host, "AAAA 2002:c000:204::1", "6to4");
    assertThat(lab.data(host, "A")).containsExactly(KEPT);
    assertThat(lab.server().command("history", "--rejected").succeeded().out())
        .contains("100.64.0.1 is carrier-grade NAT, RFC 6598; the zone dyn.test refuses such");
    assertThat(lab.server().output())
        .contains("Refused an update of the zone dyn.test. by the key");
  }

  @Test
  void aChangeBudget() {
    String host = "busy.dyn.test";
    command("host", "add", host);
    command("policy", "set", "--host", host, "change-budget", "1/3600s");
    update("NOERROR", "update add %s 60 A %s".formatted(host, KEPT));
    update("SERVFAIL", "update add %s 60 A 192.0.2.11".formatted(host));
    update("NOERROR", "update add %s 60 A %s".formatted(host, KEPT));
    assertThat(lab.data(host, "A")).containsExactly(KEPT);
  }
}
