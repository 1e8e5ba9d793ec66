package net.homeport.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.homeport.agent.fake.WebPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BoundedGetTest {
  private final BoundedGet http = new BoundedGet(BoundedGet::newClient);

  @Test
  void givesStatusRetryAfterAndBody() throws Exception {
    try (var page = new WebPage()) {
      page.says(503, Map.of("Retry-After", "7"), "911\n");
      BoundedGet.Answer answer = http.get(page.address(), Map.of("Authorization", "Basic eA=="));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.retryAfter()).contains("7");
      assertThat(answer.body()).isEqualTo("911\n");
      assertThat(page.requests())
          .containsExactly(new WebPage.Request("/", "Basic eA==", "Homeport-Agent/0.1"));
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (var page = new WebPage();
        var other = new WebPage()) {
      page.says(302, Map.of("Location", other.address().toString()), "");
      assertThat(http.get(page.address(), Map.of()).status()).isEqualTo(302);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void readsNoMoreThanItsBound() throws Exception {
    try (var page = new WebPage()) {
      page.says("x".repeat(BoundedGet.BODY_BYTES_MAX));
      assertThat(http.get(page.address(), Map.of()).body()).hasSize(BoundedGet.BODY_BYTES_MAX);
      page.says("x".repeat(BoundedGet.BODY_BYTES_MAX + 1));
      assertThatThrownBy(() -> http.get(page.address(), Map.of())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void givesUpOnABodyThatNeverEnds() throws Exception {
    var hurried = new BoundedGet(BoundedGet::newClient, Duration.ofMillis(300));
    var done = new CountDownLatch(1);
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket connection = listening.accept()) {
              OutputStream out = connection.getOutputStream();
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ngood"
                      .getBytes(StandardCharsets.US_ASCII));
              out.flush();
              done.await();
            } catch (IOException | InterruptedException e) {
              // The test is over.
            }
          });
      URI address = URI.create("http://127.0.0.1:" + listening.getLocalPort());
      assertThatThrownBy(() -> hurried.get(address, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no complete answer");
      done.countDown();
    }
  }

  @Test
  void saysWhatWentWrong() throws Exception {
    int freePort;
    try (var briefly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = briefly.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + freePort);
    assertThatThrownBy(() -> http.get(address, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
  }
}
