package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.PretendedHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates by the doors of other services, with the credential of the host itself. */
final class ChallengeDoorsTest {
  private static final String DUCKDNS =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 3600 600 86400 60
      @ NS ns1
      ns1 A 192.0.2.53
      """;

  @TempDir static Path folder;
  private static PretendedHosts pretended;
  private static Lab lab;
  private static AcmeAuthority authority;

  @BeforeAll
  static void start() {
    pretended = PretendedHosts.of(folder, "api.cloudflare.com", "www.duckdns.org");
    lab = Lab.start(folder, pretended.serverFlags());
    lab.addZone("duckdns.org", DUCKDNS);
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

  /** lego for a name and its wildcard, by a provider with these variables. */
  private static Result lego(String provider, String host, String... variables) {
    var command = new ArrayList<>(pretended.by());
    command.add("env");
    command.addAll(List.of(variables));
    command.addAll(
        List.of(
            "LEGO_CA_CERTIFICATES=" + authority.certificate(),
            "SSL_CERT_FILE=" + pretended.certificate(),
            "lego",
            "--path",
            "lego-" + provider,
            "--server",
            authority.directory(),
            "--accept-tos",
            "--email",
            "a@dyn.test",
            "--dns",
            provider,
            // It would ask the zone's name servers, on port 53.
            "--dns.disable-cp",
            "--dns.resolvers",
            lab.server().dnsText(),
            "-d",
            host,
            "-d",
            "*." + host,
            "run"));
    return lab.run(command);
  }

  private static void assertCertified(String provider, String host) {
    Path certificate =
        folder.resolve("lego-" + provider).resolve("certificates").resolve(host + ".crt");
    assertThat(
            Commands.run(
                    "openssl",
                    "x509",
                    "-in",
                    certificate.toString(),
                    "-noout",
                    "-ext",
                    "subjectAltName")
                .succeeded()
                .out())
        .contains("DNS:" + host, "DNS:*." + host);
  }

  @Test
  void legoByDuckDns() {
    String host = "branch1.duckdns.org";
    String token = lab.server().addHost(host).password();
    lego("duckdns", host, "DUCKDNS_TOKEN=" + token, "DUCKDNS_SEQUENCE_INTERVAL=1").succeeded();
    assertCertified("duckdns", host);
    assertThat(lab.data("_acme-challenge." + host, "TXT")).as("cleaned up").isEmpty();
  }

  private static String curl(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "curl", "-sS", "--cacert", pretended.certificate().toString(), "--max-time", "30"));
    command.addAll(List.of(arguments));
    return lab.run(Stream.concat(pretended.by().stream(), command.stream()).toList())
        .succeeded()
        .out();
  }

  /** Exactly the requests of acme.sh's dns_duckdns, which looks for OK and nothing else. */
  @Test
  void acmeShByDuckDns() {
    String token = lab.server().addHost("sh.duckdns.org").password();
    String answer = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    String base = "https://www.duckdns.org/update?domains=sh&token=" + token;
    assertThat(curl(base + "&txt=" + answer)).isEqualTo("OK");
    assertThat(lab.data("_acme-challenge.sh.duckdns.org", "TXT").toString()).contains(answer);
    assertThat(curl(base + "&txt=&clear=true")).isEqualTo("OK");
    assertThat(lab.data("_acme-challenge.sh.duckdns.org", "TXT")).isEmpty();
  }

  /** Exactly the requests of acme.sh's dns_cf, which reads JSON by regular expressions. */
  @Test
  void acmeShByCloudflare() {
    String host = "shcf.dyn.test";
    String token = lab.server().addHost(host).password();
    String answer = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    String base = "https://api.cloudflare.com/client/v4";
    String[] headers = {
      "-H", "Content-Type: application/json", "-H", "Authorization: Bearer " + token
    };
    String zones =
        curl(
            Commands.joined(List.of(headers), base + "/zones?name=dyn.test&status=active")
                .toArray(String[]::new));
    assertThat(zones).contains("\"name\":\"dyn.test\"", "\"success\":true");
    String zoneId = zones.replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1");
    String records = base + "/zones/" + zoneId + "/dns_records";
    String owner = "_acme-challenge." + host;
    String made =
        curl(
            Commands.joined(
                    List.of(headers),
                    records,
                    "--data",
                    "{\"type\":\"TXT\",\"name\":\"%s\",\"content\":\"%s\",\"ttl\":120}"
                        .formatted(owner, answer))
                .toArray(String[]::new));
    assertThat(made).contains(answer, "\"success\":true");
    assertThat(lab.data(owner, "TXT").toString()).contains(answer);
    String listed =
        curl(
            Commands.joined(
                    List.of(headers), records + "?type=TXT&name=" + owner + "&content=" + answer)
                .toArray(String[]::new));
    assertThat(listed).contains("\"count\":1");
    String id = listed.replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1");
    assertThat(
            curl(
                Commands.joined(List.of(headers), "-X", "DELETE", records + "/" + id)
                    .toArray(String[]::new)))
        .contains("\"success\":true");
    assertThat(lab.data(owner, "TXT")).isEmpty();
  }

  /** Exactly the requests of acme.sh's dns_acmedns, with what a person registered before. */
  @Test
  void acmeShByAcmeDns() {
    String host = "shad.dyn.test";
    String login = lab.server().addHost(host).login();
    String base = lab.server().web().replaceFirst("/$", "") + "/acme-dns";
    String registered = curl("-u", login, "-X", "POST", base + "/register");
    assertThat(registered).contains("\"fulldomain\":\"_acme-challenge." + host + "\"");
    String user = registered.replaceFirst("(?s).*\"username\":\"([^\"]+)\".*", "$1");
    String key = registered.replaceFirst("(?s).*\"password\":\"([^\"]+)\".*", "$1");
    String answer = "LPsIwTo7o8BoG0-vjCyGQGBWSVIPxI-i_X336eUOQZo";
    assertThat(
            curl(
                "-H",
                "X-Api-User: " + user,
                "-H",
                "X-Api-Key: " + key,
                "--data",
                "{\"subdomain\":\"%s\", \"txt\": \"%s\"}".formatted(user, answer),
                base + "/update"))
        .isEqualTo("{\"txt\":\"" + answer + "\"}");
    assertThat(lab.data("_acme-challenge." + host, "TXT").toString()).contains(answer);
  }
}
