package net.homeport.agent.publish;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.http.BoundedGet;

/**
 * Speaks dyndns2: {@code GET /nic/update?hostname=a,b&myip=v4,v6} with Basic authentication.
 * Thread-safe if the password supplier is.
 */
public final class Dyndns2Requester implements UpdateRequester {
  private final URI server;
  private final Credentials credentials;
  private final BoundedGet http;
  private final InstantSource clock;

  /**
   * Requests to one server.
   *
   * @param server its URI, with or without a path in front of {@code /nic}
   * @param clock read only when the server names a date to wait for
   */
  public Dyndns2Requester(
      URI server, Credentials credentials, BoundedGet http, InstantSource clock) {
    this.server = server;
    this.credentials = credentials;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public PublishReport request(List<String> hosts, CurrentAddresses addresses)
      throws InterruptedException {
    String password;
    try {
      password = credentials.password().get();
    } catch (RuntimeException e) {
      return failed(hosts, addresses, PublishOutcome.Retry.Cause.NO_PASSWORD, e);
    }
    // Names and addresses consist of characters that a query may hold as they are (RFC 3986 3.4).
    URI request =
        NicPath.of(server, "update?hostname=" + String.join(",", hosts) + "&myip=" + addresses);
    try {
      BoundedGet.Answer answer =
          http.get(
              request,
              Map.of("Authorization", credentials.authorization(password), "Accept", "text/plain"));
      Duration retryAfter =
          answer
              .retryAfter()
              .map(field -> RetryAfter.parse(field, clock.instant()))
              .orElse(Duration.ZERO);
      return new Dyndns2Answer(hosts, addresses, retryAfter).judge(answer.status(), answer.body());
    } catch (IOException e) {
      return failed(hosts, addresses, PublishOutcome.Retry.Cause.NETWORK, e);
    }
  }

  private static PublishReport failed(
      List<String> hosts,
      CurrentAddresses addresses,
      PublishOutcome.Retry.Cause cause,
      Exception failure) {
    String detail = String.valueOf(failure.getMessage());
    return PublishReport.forAll(
        hosts, addresses, new PublishOutcome.Retry(cause, Duration.ZERO, detail));
  }
}
