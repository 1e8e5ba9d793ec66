package net.homeport.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What dig shows of a zone that came from a zone file, and of a host in it. */
@TestInstance(Lifecycle.PER_CLASS)
final class DigTest {
  private static final String ZONE_FILE =
      """
      $TTL 300
      @        IN SOA ns1 hostmaster 7 3600 600 1209600 60
               IN NS  ns1
               IN NS  ns2
               IN MX  10 mail
               IN TXT "v=spf1 mx -all"
      ns1      IN A   192.0.2.53
      ns2      IN A   192.0.2.54
      mail     IN A   192.0.2.25
               IN AAAA 2001:db8::25
      www      IN CNAME mail
      _sip._tcp IN SRV 10 20 5060 mail
      deep.in.the.zone IN A 192.0.2.99
      """;

  @TempDir static Path folder;
  private HomeportProcess server;
  private Recipe recipe;

  @BeforeAll
  void start() throws IOException {
    String large =
        IntStream.range(0, 30)
            .mapToObj(i -> "large IN TXT \"%03d%s\"%n".formatted(i, "x".repeat(200)))
            .collect(Collectors.joining());
    Path file = folder.resolve("example.net.zone");
    Files.writeString(file, ZONE_FILE + large);
    server = HomeportProcess.start(folder.resolve("data"));
    server.command("zone", "add", "example.net", "--file", file.toString()).succeeded();
    recipe = server.addHost("home.example.net");
    Commands.run("bash", "-c", recipe.curl()).succeeded();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String dig(String... arguments) {
    var command =
        new ArrayList<>(
            List.of("dig", "@127.0.0.1", "-p", Integer.toString(server.dnsPort()), "+tries=1"));
    command.addAll(List.of(arguments));
    return Commands.run(command).succeeded().out();
  }

  private List<String> digShort(String... arguments) {
    return dig(Commands.joined(List.of("+short"), arguments).toArray(String[]::new))
        .lines()
        .toList();
  }

  @Test
  void eachTypeOfTheZoneFile() {
    assertThat(digShort("mail.example.net", "A")).containsExactly("192.0.2.25");
    assertThat(digShort("mail.example.net", "AAAA")).containsExactly("2001:db8::25");
    assertThat(digShort("example.net", "SOA"))
        .singleElement()
        .asString()
        .startsWith("ns1.example.net. hostmaster.example.net. ");
    assertThat(digShort("example.net", "NS"))
        .containsExactlyInAnyOrder("ns1.example.net.", "ns2.example.net.");
    assertThat(digShort("example.net", "MX")).containsExactly("10 mail.example.net.");
    assertThat(digShort("example.net", "TXT")).containsExactly("\"v=spf1 mx -all\"");
    assertThat(digShort("_sip._tcp.example.net", "SRV"))
        .containsExactly("10 20 5060 mail.example.net.");
    assertThat(digShort("www.example.net", "A")).containsExactly("mail.example.net.", "192.0.2.25");
    assertThat(digShort("home.example.net", "A")).containsExactly("198.51.100.7");
  }

  @Test
  void authoritativeWithAQuestionBack() {
    String answer = dig("MaIl.eXample.NET", "A");
    assertThat(answer)
        .contains(
            "status: NOERROR", "flags: qr aa rd;", "MaIl.eXample.NET.\t\tIN\tA", "EDNS: version: 0")
        .doesNotContain("WARNING: Message parser");
  }

  @Test
  void nodataAndNxdomainCarryTheSoa() {
    assertThat(dig("mail.example.net", "TXT"))
        .contains("status: NOERROR", "ANSWER: 0", "AUTHORITY: 1")
        .containsPattern("example\\.net\\.\\s+60\\s+IN\\s+SOA");
    assertThat(dig("nothing.example.net", "A"))
        .contains("status: NXDOMAIN", "ANSWER: 0", "AUTHORITY: 1")
        .containsPattern("example\\.net\\.\\s+60\\s+IN\\s+SOA");
    assertThat(dig("the.zone.example.net", "A"))
        .as("an empty name between others exists (RFC 8020)")
        .contains("status: NOERROR", "ANSWER: 0");
  }

  @Test
  void namesOfOtherZonesAreRefused() {
    assertThat(dig("example.com", "A")).contains("status: REFUSED", "ANSWER: 0");
  }

  @Test
  void tcp() {
    assertThat(dig("+tcp", "mail.example.net", "A")).contains("192.0.2.25", "(TCP)");
    assertThat(digShort("+tcp", "+keepopen", "mail.example.net", "A", "mail.example.net", "AAAA"))
        .containsExactly("192.0.2.25", "2001:db8::25");
  }

  @Test
  void whatIsTooLargeComesByTcp() {
    assertThat(dig("+ignore", "+bufsize=1232", "large.example.net", "TXT"))
        .containsPattern("flags: qr aa tc")
        .containsPattern("MSG SIZE  rcvd: (\\d{1,3}|1[012]\\d\\d)\\b");
    assertThat(dig("+ignore", "+noedns", "large.example.net", "TXT"))
        .containsPattern("flags: qr aa tc")
        .containsPattern("MSG SIZE  rcvd: ([1-4]?\\d{1,2}|50\\d|51[012])\\b")
        .doesNotContain("EDNS");
    assertThat(dig("large.example.net", "TXT"))
        .contains("Truncated, retrying in TCP mode", "ANSWER: 30", "(TCP)");
  }

  @Test
  void edns() {
    assertThat(dig("+edns=7", "+noednsneg", "mail.example.net")).contains("status: BADVERS");
    assertThat(dig("+ednsopt=65001:00ff", "mail.example.net"))
        .as("an option nobody knows is ignored")
        .contains("status: NOERROR", "192.0.2.25");
    assertThat(dig("+ednsflags=0x4000", "mail.example.net")).contains("status: NOERROR");
  }

  @Test
  void whatOthersAskServers() {
    assertThat(dig("+opcode=STATUS", "mail.example.net")).contains("status: NOTIMP");
    Result transfer =
        Commands.run(
            "dig",
            "@127.0.0.1",
            "-p",
            Integer.toString(server.dnsPort()),
            "+tries=1",
            "example.net",
            "AXFR");
    assertThat(transfer.out()).contains("Transfer failed").doesNotContain("192.0.2.25");
  }

  @Test
  void staticRecordsRefuseDynamicUpdates() throws IOException {
    Result host = server.command("host", "add", "mail.example.net");
    assertThat(host.exitCode()).as(host.toString()).isIn(0, 1);
    if (host.exitCode() == 0) {
      Recipe mail = Recipe.of(host.out());
      Result update = Commands.run("bash", "-c", mail.curl());
      assertThat(update.out()).isEqualTo("dnserr\n");
    }
    assertThat(digShort("mail.example.net", "A")).containsExactly("192.0.2.25");
    String url = server.web() + "/nic/update?myip=203.0.113.5&hostname=www.example.net";
    Result other = Commands.run("curl", "-s", "-u", recipe.login(), url);
    assertThat(other.out()).isEqualTo("nohost\n");
    assertThat(digShort("www.example.net", "A")).containsExactly("mail.example.net.", "192.0.2.25");
  }
}
