package net.homeport.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FreeDNS's logins: of the secret that signs only, and found without a name. */
final class HashedLoginTest {
  private static final String HOST = "cam.dyn.example.org";
  private static final RequestOrigin ORIGIN =
      new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "freedns");

  private final CredentialHouse house = new CredentialHouse("dyn.example.org");
  private String password;

  @BeforeEach
  void host() {
    var added = (HostAddition.Added) house.house.hosts.add(DnsText.name(HOST), 60);
    password = Objects.requireNonNull(added.secret());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static String sha1(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  /** Whose login it is; nobody's if it is none. */
  private String proves(String digest) {
    return house.authenticator.authenticate(new Presented.Hashed(digest), ORIGIN)
            instanceof Authentication.Proven proven
        ? proven.credential().username()
        : "nobody";
  }

  private String sign(String username) {
    var done = (CredentialChange.Done) house.credentials.sign(username, true);
    return Objects.requireNonNull(done.signingSecret());
  }

  @Test
  void onlyTheSecretThatSignsIsTaken() throws Exception {
    assertThat(proves(sha1(HOST + "|" + password))).isEqualTo("nobody");
    String signing = sign(HOST);
    assertThat(proves(sha1(HOST + "|" + signing))).isEqualTo(HOST);
    assertThat(proves(sha1(HOST + "|" + signing).toUpperCase(Locale.ROOT))).isEqualTo(HOST);
    assertThat(proves(sha1(HOST + "|" + password))).isEqualTo("nobody");
    assertThat(proves(sha1("|" + signing))).isEqualTo("nobody");
    assertThat(proves("")).isEqualTo("nobody");
    assertThat(proves("x".repeat(40))).isEqualTo("nobody");
  }

  @Test
  void eachFindsItsOwnAndWhatChangesIsNoticed() throws Exception {
    house.house.host("nas.dyn.example.org");
    String cam = sign(HOST);
    assertThat(proves(sha1(HOST + "|" + cam))).isEqualTo(HOST);
    String nas = sign("nas.dyn.example.org");
    assertThat(proves(sha1("nas.dyn.example.org|" + nas))).isEqualTo("nas.dyn.example.org");
    assertThat(proves(sha1(HOST + "|" + nas))).isEqualTo("nobody");
    house.credentials.disable(HOST, true);
    assertThat(proves(sha1(HOST + "|" + cam))).isEqualTo("nobody");
    house.credentials.disable(HOST, false);
    house.credentials.sign(HOST, false);
    assertThat(proves(sha1(HOST + "|" + cam))).isEqualTo("nobody");
    house.house.hosts.remove(DnsText.name("nas.dyn.example.org"));
    assertThat(proves(sha1("nas.dyn.example.org|" + nas))).isEqualTo("nobody");
  }

  @Test
  void aReplacedSecretEndsWithItsOverlap() throws Exception {
    String login = sha1(HOST + "|" + sign(HOST));
    house.credentials.rotate(HOST, Duration.ofHours(1));
    assertThat(proves(login)).isEqualTo(HOST);
    house.house.clock.advance(Duration.ofHours(2));
    assertThat(proves(login)).isEqualTo("nobody");
  }

  /** It is the same each time, so it is no signature in place of TLS. */
  @Test
  void aCredentialForTlsOnlyIsNotTakenInClear() throws Exception {
    String login = sha1(HOST + "|" + sign(HOST));
    var scope =
        new CredentialScope(
            NameScope.OWN, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, null, true);
    house.credentials.scope(HOST, scope);
    assertThat(proves(login)).isEqualTo("nobody");
  }
}
