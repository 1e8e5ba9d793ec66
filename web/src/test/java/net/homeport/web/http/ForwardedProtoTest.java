package net.homeport.web.http;

import static net.homeport.web.DoorClient.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.web.DoorClient;
import net.homeport.web.WebFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed that a request came within TLS. */
final class ForwardedProtoTest {
  private static final String HOST = "cam.dyn.example.org";
  private static final String UPDATE = "/nic/update?hostname=" + HOST + "&myip=192.0.2.1";
  private static final String FROM = "X-Forwarded-For: 198.51.100.9\r\n";

  private static String answer(WebFixture web, String... headers) throws Exception {
    String login = basic(HOST + ":" + web.host(HOST));
    web.credentials()
        .scope(
            HOST,
            new CredentialScope(
                NameScope.OWN, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, null, true));
    String[] all = Stream.concat(Stream.of(login), Stream.of(headers)).toArray(String[]::new);
    return new DoorClient(web).get(UPDATE, all);
  }

  @Test
  void aTrustedProxyIs() throws Exception {
    try (var web = WebFixture.start("", _ -> {}, "127.0.0.0/8")) {
      assertThat(answer(web, FROM, "X-Forwarded-Proto: https\r\n")).contains("good 192.0.2.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https, http", "http, https", "", "wss"})
  void whatItDoesNotCallHttpsIsClear(String word) throws Exception {
    try (var web = WebFixture.start("", _ -> {}, "127.0.0.0/8")) {
      assertThat(answer(web, FROM, "X-Forwarded-Proto: " + word + "\r\n")).contains("badauth");
    }
  }

  @Test
  void othersAreNot() throws Exception {
    try (var web = WebFixture.start()) {
      assertThat(answer(web, "X-Forwarded-Proto: https\r\n")).contains("badauth");
    }
    try (var web = WebFixture.start("", _ -> {}, "10.0.0.0/8")) {
      assertThat(answer(web, FROM, "X-Forwarded-Proto: https\r\n")).contains("badauth");
    }
  }
}
