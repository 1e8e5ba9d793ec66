package net.homeport.interop.client;

import static net.homeport.interop.harness.Commands.joined;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.PretendedHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * ddclient and inadyn in the dialects of other services: ddclient is told the server, inadyn finds
 * ours under the name that is built into it.
 */
final class OtherDialectsTest {
  private static final String HOST = "branch1.dyn.example.org";

  @TempDir Path folder;
  private PretendedHosts pretended;
  private HomeportProcess server;
  private String password;

  @BeforeEach
  void start() {
    pretended =
        PretendedHosts.of(
            folder,
            "api.cloudflare.com",
            "www.duckdns.org",
            "dynv6.com",
            "ipv4.dynv6.com",
            "freedns.afraid.org");
    server =
        HomeportProcess.on(folder.resolve("data"))
            .with(
                joined(List.of(pretended.serverFlags()), "--freedns-logins").toArray(String[]::new))
            .start();
    server.addZone("dyn.example.org");
    password = server.addHost(HOST).password();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> addresses(String name, int type) {
    Message answer = server.dns().ask(name, type, true);
    return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }

  private Result ddclient(String protocol) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ddclient.conf"),
            """
            daemon=0
            syslog=no
            ssl=yes
            ssl_ca_file=%s
            use=ip, ip=11.99.0.1
            server=%s:443%s
            """
                    .formatted(
                        pretended.certificate(),
                        PretendedHosts.ADDRESS,
                        protocol.contains("cloudflare") ? "/client/v4" : "")
                + protocol
                + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Commands.in(
        folder,
        List.of(
            "ddclient",
            "-daemon=0",
            "-foreground",
            "-verbose",
            "-file",
            file.toString(),
            "-cache",
            folder.resolve("ddclient.cache").toString()));
  }

  private Result inadyn(String provider, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("inadyn.conf"),
            """
            ca-trust-file = %s
            provider %s {
                hostname = %s
                checkip-command = "/bin/echo 11.99.0.2"
            %s
            }
            """
                .formatted(pretended.certificate(), provider, HOST, more.indent(4)));
    Path cache = Files.createDirectories(folder.resolve("inadyn.cache"));
    return Commands.in(
        folder,
        joined(
            pretended.by(),
            "inadyn",
            "-f",
            file.toString(),
            "-1",
            "-n",
            "-l",
            "debug",
            "--cache-dir=" + cache,
            "--no-pidfile"));
  }

  @Test
  void ddclientSpeaksCloudflaresOfAHostWithoutAnAddress() throws IOException {
    Result result =
        ddclient(
            "protocol=cloudflare\nzone=dyn.example.org\nlogin=token\npassword=%s\n%s"
                .formatted(password, HOST));
    assertThat(result.output()).contains("IPv4 address set to 11.99.0.1");
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.1");
  }

  @Test
  void ddclientSpeaksCloudflaresWithAKeyAndAMailAddress() throws IOException {
    Result result =
        ddclient(
            "protocol=cloudflare\nzone=dyn.example.org\nlogin=me@example.org\npassword=%s\n%s"
                .formatted(password, HOST));
    assertThat(result.output()).contains("IPv4 address set to 11.99.0.1");
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.1");
  }

  @Test
  void ddclientToldAWrongTokenOfCloudflareChangesNothing() throws IOException {
    Result result =
        ddclient("protocol=cloudflare\nzone=dyn.example.org\nlogin=token\npassword=wrong\n" + HOST);
    assertThat(result.output()).contains("FAILED");
    assertThat(addresses(HOST, Type.A)).isEmpty();
  }

  @Test
  void ddclientSpeaksDuckDns() throws IOException {
    Result result = ddclient("protocol=duckdns\npassword=%s\nbranch1".formatted(password));
    assertThat(result.output()).contains("good: IP address set to 11.99.0.1");
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.1");
  }

  @Test
  void inadynSpeaksCloudflares() throws IOException {
    String account = "username = dyn.example.org\npassword = %s\n".formatted(password);
    Result result = inadyn("cloudflare.com", account).succeeded();
    assertThat(result.output()).contains("Successful alias table update for " + HOST);
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.2");
  }

  @Test
  void inadynSpeaksDuckDns() throws IOException {
    Result result =
        inadyn(
                "duckdns.org",
                "username = %s\npassword = noPasswordForDuckdns\n".formatted(password))
            .succeeded();
    assertThat(result.output()).contains("Successful alias table update for " + HOST);
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.2");
  }

  /** It always sends {@code ipv4=auto}: where it is seen from. */
  @Test
  void inadynSpeaksDynv6() throws IOException {
    Result result =
        inadyn("dynv6.com", "username = %s\npassword = n/a\n".formatted(password)).succeeded();
    assertThat(result.output()).contains("Successful alias table update for " + HOST);
    assertThat(addresses(HOST, Type.A)).containsExactly("127.0.0.1");
  }

  /** The secret that signs, which FreeDNS's logins are made of. */
  private String signingSecret() {
    return String.valueOf(server.json("credential", "sign", HOST).get("signingSecret"));
  }

  @Test
  void ddclientSpeaksFreeDns() throws IOException {
    Result result =
        ddclient(
            "protocol=freedns\nlogin=%s\npassword=%s\n%s".formatted(HOST, signingSecret(), HOST));
    assertThat(result.output()).contains("good: IPv4 address set to 11.99.0.1");
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.1");
  }

  @Test
  void inadynSpeaksFreeDns() throws IOException {
    Result result =
        inadyn(
                "freedns.afraid.org",
                "username = %s\npassword = %s\n".formatted(HOST, signingSecret()))
            .succeeded();
    assertThat(result.output()).contains("Successful alias table update for " + HOST);
    assertThat(addresses(HOST, Type.A)).containsExactly("11.99.0.2");
  }
}
