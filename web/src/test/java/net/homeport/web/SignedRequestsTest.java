package net.homeport.web;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/**
 * What somebody on the way can do with a signed request in clear: what the signature does not cover
 * must not decide what changes.
 */
final class SignedRequestsTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CAM = "cam.dyn.example.org";

  private WebFixture web;
  private String password;
  private String secret;
  private int requests;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start();
    password = web.host(HOST);
    secret = web.sign(HOST);
    web.hostOf(HOST, CAM);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A signed GET, sent to a server of this name with more headers. */
  private String get(String server, String target, String... headers) throws Exception {
    return signedWith(secret, server, target, headers);
  }

  private String signedWith(String key, String server, String target, String... headers)
      throws Exception {
    String time = Long.toString(ListeningWeb.START.getEpochSecond());
    String nonce = "nonce-%04d".formatted(requests++);
    String body = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest());
    String text = String.join("\n", "homeport-1", HOST, time, nonce, "GET", target, body);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(octets(key), "HmacSHA256"));
    return web.raw(
        "GET %s HTTP/1.1\r\nHost: %s\r\nhp-id: %s\r\nhp-time: %s\r\nhp-nonce: %s\r\nhp-signature: %s\r\n%sConnection: close\r\n\r\n"
            .formatted(
                target,
                server,
                HOST,
                time,
                nonce,
                HexFormat.of().formatHex(mac.doFinal(octets(text))),
                String.join("", headers)));
  }

  @Test
  void theNameOfTheServerDoesNotDeleteWhatIsNotSent() throws Exception {
    get("ddns.example.org", "/nic/update?hostname=" + HOST + "&myip=2001:db8::7");
    for (String path : new String[] {"/nic/update", "/update"}) {
      assertThat(get("desec.x", path + "?hostname=" + HOST + "&myip=198.51.100.7"))
          .containsPattern("\r\n\r\n(good|nochg) 198.51.100.7\n$");
    }
    assertThat(web.records(HOST, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:7");
    // The path is signed.
    assertAnswer(get("x", "/desec/?hostname=" + HOST + "&myip=198.51.100.7"), 200, "good");
    assertThat(web.records(HOST, Type.AAAA)).isEmpty();
  }

  @Test
  void aUserNameThatIsNotSignedNamesNoHost() throws Exception {
    get("x", "/nic/update?hostname=" + CAM + "&myip=192.0.2.1");
    String login = basic(CAM + ":");
    for (String path : new String[] {"/nic/update", "/desec/", "/nic/delete"}) {
      String answer = get("x", path + "?myip=198.51.100.7", login);
      // At deSEC's door the credential itself says which host is meant.
      assertThat(answer.contains(" 200 ")).as(path).isEqualTo(path.equals("/desec/"));
    }
    assertThat(web.addresses(CAM)).containsExactly("192.0.2.1");
    // One in the query is signed.
    assertAnswer(
        get("x", "/nic/update?username=" + CAM + "&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(CAM)).containsExactly("198.51.100.7");
  }

  @Test
  void besideASignatureATokenInTheUrlProvesNothing() throws Exception {
    for (String target :
        new String[] {
          "/u/TOKEN?hostname=" + HOST + "&myip=198.51.100.7",
          "/u/TOKEN/?ip=198.51.100.7",
          "/update/branch1/TOKEN/198.51.100.7",
          "/dynamic/update.php?TOKEN&address=198.51.100.7"
        }) {
      assertThat(signedWith("wrong", "x", target.replace("TOKEN", password)))
          .as(target)
          .startsWith("HTTP/1.1 401 ");
    }
    assertThat(web.addresses(HOST)).isEmpty();
  }
}
