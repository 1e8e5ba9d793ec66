package net.homeport.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
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

/** GnuDIP's digests: only of the secret that signs, and only where there is one. */
final class ChallengedCredentialTest {
  private static final String HOST = "cam.dyn.example.org";
  private static final RequestOrigin ORIGIN =
      new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "gnudip");

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

  private static String md5(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private boolean proves(String user, String domain, String secret) throws Exception {
    String digest = md5(md5(secret) + ".saltsalt10");
    return house.authenticator.authenticate(
            new Presented.Challenged(user, domain, "saltsalt10", digest), ORIGIN)
        instanceof Authentication.Proven;
  }

  private String sign() {
    var done = (CredentialChange.Done) house.credentials.sign(HOST, true);
    return Objects.requireNonNull(done.signingSecret());
  }

  @Test
  void aCredentialThatDoesNotSignIsNotTaken() throws Exception {
    assertThat(proves("cam", "dyn.example.org", password)).isFalse();
    sign();
    assertThat(proves("cam", "dyn.example.org", password)).as("the other secret").isFalse();
  }

  @Test
  void theSigningSecretIsTakenByBothPartsOfTheNameAndByTheWhole() throws Exception {
    String signing = sign();
    assertThat(proves("cam", "dyn.example.org", signing)).isTrue();
    assertThat(proves(HOST, "", signing)).isTrue();
    assertThat(proves("nas", "dyn.example.org", signing)).isFalse();
    assertThat(proves("cam", "dyn.example.org", signing + "x")).isFalse();
  }

  @Test
  void theKnownAnswerOfGnuDip() throws Exception {
    assertThat(md5(md5("secret") + ".abcdefghij")).isEqualTo("ab0140198c4e6f6a9cf40892259f1d8d");
  }

  @Test
  void aReplacedSecretEndsWithItsOverlap() throws Exception {
    String signing = sign();
    house.credentials.rotate(HOST, Duration.ofHours(1));
    assertThat(proves("cam", "dyn.example.org", signing)).isTrue();
    house.house.clock.advance(Duration.ofHours(2));
    assertThat(proves("cam", "dyn.example.org", signing)).isFalse();
  }

  /** The digest protects nothing of the request, so it is no signature in place of TLS. */
  @Test
  void aCredentialForTlsOnlyIsNotTakenInClear() throws Exception {
    String signing = sign();
    var scope =
        new CredentialScope(
            NameScope.OWN, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, null, true);
    house.credentials.scope(HOST, scope);
    assertThat(proves("cam", "dyn.example.org", signing)).isFalse();
  }
}
