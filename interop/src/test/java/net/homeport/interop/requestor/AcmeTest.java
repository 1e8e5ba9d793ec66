package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.interop.harness.Commands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that prove to a certificate authority that a name is theirs, by TXT records (RFC 8555
 * 8.4). Their keys may change nothing else.
 */
final class AcmeTest {
  @TempDir static Path folder;
  private static Lab lab;
  private static AcmeAuthority authority;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    authority = AcmeAuthority.start(folder, lab.server().dnsText());
  }

  @AfterAll
  static void stop() {
    try {
      authority.close();
    } finally {
      lab.close();
    }
  }

  /** May change the TXT records by which names right below dyn.test are proven, and no others. */
  private static KeyRecipes addChallengeKey(String name) {
    KeyRecipes key =
        lab.addKey(
            name, "--zone", "dyn.test", "--pattern", "_acme-challenge.*.dyn.test", "--type", "TXT");
    var signed = lab.keyFile(key);
    assertThat(Lab.status(lab.nsupdate(signed, "update add h.dyn.test 60 A 192.0.2.1")))
        .isEqualTo("REFUSED");
    assertThat(Lab.status(lab.nsupdate(signed, "update add h.dyn.test 60 TXT x")))
        .isEqualTo("REFUSED");
    return key;
  }

  private static void assertCertifies(Path certificate, String... names) {
    String text =
        Commands.run(
                "openssl",
                "x509",
                "-in",
                certificate.toString(),
                "-noout",
                "-issuer",
                "-ext",
                "subjectAltName")
            .succeeded()
            .out();
    assertThat(text).contains("Pebble");
    for (String name : names) {
      assertThat(text).contains("DNS:" + name);
    }
  }

  private static void assertTidy(String name) {
    assertThat(lab.data("_acme-challenge." + name, "TXT")).as("cleaned up").isEmpty();
  }

  @Test
  void certbotGetsOneForANameAndItsWildcard() {
    KeyRecipes key = addChallengeKey("certbot");
    Path credentials = lab.secretFile("rfc2136.ini", key.block("certbot, rfc2136.ini"));
    lab.run(
            List.of(
                "env",
                "REQUESTS_CA_BUNDLE=" + authority.certificate(),
                "certbot",
                "certonly",
                "-n",
                "--agree-tos",
                "--register-unsafely-without-email",
                "--server",
                authority.directory(),
                "--dns-rfc2136",
                "--dns-rfc2136-credentials",
                credentials.toString(),
                "--dns-rfc2136-propagation-seconds",
                "1",
                "-d",
                "cb.dyn.test",
                "-d",
                "*.cb.dyn.test",
                "--config-dir",
                "certbot",
                "--work-dir",
                "certbot",
                "--logs-dir",
                "certbot"))
        .succeeded();
    assertCertifies(
        folder.resolve("certbot/live/cb.dyn.test/cert.pem"), "cb.dyn.test", "*.cb.dyn.test");
    assertTidy("cb.dyn.test");
  }

  @Test
  void legoGetsOneForANameAndItsWildcard() {
    KeyRecipes key = addChallengeKey("lego");
    var command = new ArrayList<>(List.of("env"));
    command.addAll(key.block("lego, environment").lines().toList());
    command.addAll(
        List.of(
            "LEGO_CA_CERTIFICATES=" + authority.certificate(),
            "RFC2136_POLLING_INTERVAL=1",
            "RFC2136_SEQUENCE_INTERVAL=1",
            "lego",
            "--path",
            "lego",
            "--server",
            authority.directory(),
            "--accept-tos",
            "--email",
            "a@dyn.test",
            "--dns",
            "rfc2136",
            // It would ask the zone's name servers, on port 53.
            "--dns.disable-cp",
            "--dns.resolvers",
            lab.server().dnsText(),
            "-d",
            "le.dyn.test",
            "-d",
            "*.le.dyn.test",
            "run"));
    lab.run(command).succeeded();
    assertCertifies(
        folder.resolve("lego/certificates/le.dyn.test.crt"), "le.dyn.test", "*.le.dyn.test");
    assertTidy("le.dyn.test");
  }

  @Test
  void dehydratedGetsOneByNsupdate() throws IOException {
    KeyRecipes key = addChallengeKey("dehydrated");
    Path keyFile = Path.of(lab.keyFile(key).getLast());
    Path hook =
        lab.file(
            "hook.sh",
            """
            #!/bin/sh
            change() {
              printf 'server 127.0.0.1 %d\\nupdate %%s\\nsend\\n' "$1" | nsupdate -k %s
            }
            case $1 in
              deploy_challenge) change "add _acme-challenge.$2. 60 TXT \\"$4\\"" ;;
              clean_challenge) change "delete _acme-challenge.$2. TXT \\"$4\\"" ;;
            esac
            """
                .formatted(lab.port(), keyFile));
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Path configuration =
        lab.file(
            "dehydrated.conf",
            """
            CA=%s
            CHALLENGETYPE=dns-01
            HOOK=%s
            CURL_OPTS="--cacert %s"
            BASEDIR=%s
            """
                .formatted(
                    authority.directory(),
                    hook,
                    authority.certificate(),
                    Files.createDirectory(folder.resolve("dehydrated"))));
    var dehydrated = List.of("dehydrated", "-f", configuration.toString());
    lab.run(Commands.joined(dehydrated, "--register", "--accept-terms")).succeeded();
    lab.run(
            Commands.joined(
                dehydrated, "-c", "-d", "dh.dyn.test *.dh.dyn.test", "--alias", "dh.dyn.test"))
        .succeeded();
    assertCertifies(
        folder.resolve("dehydrated/certs/dh.dyn.test/cert.pem"), "dh.dyn.test", "*.dh.dyn.test");
    assertTidy("dh.dyn.test");
  }

  @Test
  void twoValuesAtOneNameAtOnce() {
    var signed = lab.keyFile(addChallengeKey("two"));
    String name = "_acme-challenge.two.dyn.test";
    for (String value : List.of("one", "two")) {
      lab.nsupdate(signed, "update add " + name + " 60 TXT \"" + value + "\"").succeeded();
    }
    assertThat(lab.data(name, "TXT").stream().map(text -> text.replace("\"", "")))
        .containsExactly("one", "two");
    lab.nsupdate(signed, "update delete " + name + " TXT \"one\"").succeeded();
    assertThat(lab.data(name, "TXT").stream().map(text -> text.replace("\"", "")))
        .containsExactly("two");
  }

  @Test
  void eachMayRemoveOnlyWhatItsRuleAllows() {
    var signed = lab.keyFile(addChallengeKey("least"));
    Stream.of(
            "update add _acme-challenge.a.b.dyn.test 60 TXT x",
            "update add _acme-challenge.a.dyn.test 60 CNAME x.dyn.test.",
            "update delete www.dyn.test A",
            "update add _other.a.dyn.test 60 TXT x")
        .forEach(line ->
            assertThat(Lab.status(lab.nsupdate(signed, line))).as(line).isEqualTo("REFUSED"));
  }
}
