package net.homeport.registry.host;

import static net.homeport.registry.host.CredentialHouse.names;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.FailedAttempts;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Threats to who controls a name: each named after what it defends against. */
final class CredentialThreatsTest {
  private static final UpdateOutcome UPDATED = new UpdateOutcome.Updated();
  private static final String DEVICE = "198.51.100.7";

  private final CredentialHouse house = new CredentialHouse("home.test.");
  private final String secret = house.host("cam.home.test.");

  @AfterEach
  void close() {
    house.close();
  }

  /**
   * Takeover of a name. Every credential at every host, by every family, from every network, at
   * every door, in clear and within TLS: what passes is what its scope says, worked out here anew.
   */
  @Test
  void threat1TakeoverOfAName() {
    List<String> hosts = List.of("cam.home.test", "nas.home.test", "tv.rooms.home.test");
    house.host("nas.home.test.");
    house.host("tv.rooms.home.test.");
    Map<String, CredentialScope> scopes = new HashMap<>();
    NameScope cam = names("cam.home.test.").names();
    NameScope rooms = names("*.rooms.home.test.").names();
    Instant soon = house.house.clock.instant().plusSeconds(60);
    AddressBlock network = AddressBlock.parse("198.51.100.0/24");
    scopes.put(
        "all-of-cam", scope(cam, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, false));
    scopes.put("rooms", scope(rooms, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, false));
    scopes.put("only-v6", scope(cam, Set.of(Type.AAAA), Set.of(), List.of(), null, false));
    scopes.put("reads", scope(cam, Set.of(), Set.of(), List.of(), null, false));
    scopes.put("office", scope(cam, Set.of(Type.A), Set.of(), List.of(network), null, false));
    scopes.put("door", scope(cam, Set.of(Type.A), Set.of("dyndns2"), List.of(), null, false));
    scopes.put("tls", scope(cam, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, true));
    scopes.put("gone", scope(cam, CredentialScope.ANY_TYPE, Set.of(), List.of(), soon, false));
    scopes.put("off", scope(cam, CredentialScope.ANY_TYPE, Set.of(), List.of(), null, false));
    Map<String, String> secrets = new HashMap<>();
    scopes.forEach((name, scope) -> secrets.put(name, house.credential(name, scope)));
    house.credentials.disable("off", true);
    house.house.clock.advance(Duration.ofMinutes(2));
    int cells = 0;
    int passed = 0;
    for (String name : scopes.keySet()) {
      for (String host : hosts) {
        for (String source : List.of(DEVICE, "203.0.113.9", "2001:db8::7")) {
          for (String door : List.of("dyndns2", "duckdns", "deconz")) {
            for (String tls : new String[] {null, "TLSv1.3"}) {
              for (String address :
                  List.of("192.0.2." + (cells % 250 + 1), "2001:db8::" + (cells % 999 + 1))) {
                var origin = new RequestOrigin(InetAddress.ofLiteral(source), door, tls, "");
                Object outcome =
                    house.update(
                        new Presented.Token(Objects.requireNonNull(secrets.get(name))),
                        origin,
                        host,
                        address);
                boolean may =
                    switch (name) {
                      case "all-of-cam" -> host.startsWith("cam");
                      case "rooms" -> host.contains("rooms");
                      case "only-v6" -> host.startsWith("cam") && address.contains(":");
                      case "office" ->
                          host.startsWith("cam") && source.equals(DEVICE) && !address.contains(":");
                      case "door" ->
                          host.startsWith("cam")
                              && door.equals("dyndns2")
                              && !address.contains(":");
                      case "tls" -> host.startsWith("cam") && tls != null;
                      default -> false;
                    };
                assertThat(UPDATED.equals(outcome))
                    .as(
                        "%s changes %s from %s at %s in %s: %s",
                        name, host, source, door, tls, outcome)
                    .isEqualTo(may);
                cells++;
                passed += may ? 1 : 0;
              }
            }
          }
        }
      }
    }
    assertThat(cells).isEqualTo(972);
    assertThat(passed).isBetween(100, 300);
  }

  private static CredentialScope scope(
      NameScope names,
      Set<Integer> types,
      Set<String> doors,
      List<AddressBlock> networks,
      @Nullable Instant end,
      boolean tls) {
    return new CredentialScope(names, types, doors, networks, end, null, tls);
  }

  private int checked(int guesses, int addresses) {
    int checked = 0;
    for (int guess = 0; guess < guesses; guess++) {
      String source = "203.0.%d.%d".formatted(guess % addresses / 200, guess % addresses % 200 + 1);
      Authentication answer = house.password("cam.home.test", "guess" + guess, source);
      assertThat(answer).isNotInstanceOf(Authentication.Proven.class);
      checked += answer instanceof Authentication.Unproven ? 1 : 0;
    }
    return checked;
  }

  private void deviceGetsIn(String source) {
    assertThat(house.password("cam.home.test", secret, source))
        .as(source)
        .isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void threat8TenThousandGuessesFromOneAddress() {
    assertThat(checked(10_000, 1)).isBetween(FailedAttempts.SOURCE_FREE, 25);
    assertThat(house.password("cam.home.test", "one more", "203.0.0.1"))
        .isInstanceOfSatisfying(
            Authentication.Postponed.class,
            postponed ->
                assertThat(postponed.retryAfter())
                    .isPositive()
                    .isLessThanOrEqualTo(FailedAttempts.WAIT_MAX));
    deviceGetsIn(DEVICE);
    // It moved: nobody knows its new address.
    deviceGetsIn("192.0.2.200");
  }

  @Test
  void threat8TenThousandGuessesFromAThousandAddresses() {
    assertThat(checked(10_000, 1000)).isLessThanOrEqualTo(5_000);
    // Guessers at this credential wait sooner, whoever has not guessed does not wait at all.
    deviceGetsIn(DEVICE);
    deviceGetsIn("2001:db8::5");
  }

  @Test
  void threat8GuessesGoOnAtTheSpeedAtWhichTheyAreForgiven() {
    checked(10_000, 1);
    int inAnHour = 0;
    for (int second = 0; second < 3600; second++) {
      house.house.clock.advance(Duration.ofSeconds(1));
      inAnHour += checkedOne(second);
    }
    assertThat(inAnHour).isBetween(10, 130);
    // And who stops is as anybody else after a while.
    house.house.clock.advance(Duration.ofHours(1));
    assertThat(checked(FailedAttempts.SOURCE_FREE, 1)).isEqualTo(FailedAttempts.SOURCE_FREE);
  }

  private int checkedOne(int number) {
    return house.password("cam.home.test", "again" + number, "203.0.0.1")
            instanceof Authentication.Unproven
        ? 1
        : 0;
  }

  @Test
  void threat8AGuesserWithAWholeIpv6NetworkIsOne() {
    int checked = 0;
    for (int guess = 1; guess <= 1000; guess++) {
      Authentication answer =
          house.password("cam.home.test", "guess" + guess, "2001:db8:1:2::%x".formatted(guess));
      checked += answer instanceof Authentication.Unproven ? 1 : 0;
    }
    assertThat(checked).isLessThan(25);
  }

  @Test
  void threat8ADeviceSetUpWronglyIsToldSoEachTime() {
    for (int minute = 0; minute < 300; minute++) {
      house.house.clock.advance(Duration.ofMinutes(1));
      assertThat(house.password("cam.home.test", "the old secret", DEVICE))
          .isInstanceOf(Authentication.Unproven.class);
    }
    deviceGetsIn(DEVICE);
  }

  /** The guesser sits behind the same address translation as the device. */
  @Test
  void threat17WhoGuessesBehindTheSameAddressLocksNobodyOut() {
    String other = house.host("nas.home.test.");
    house.password("cam.home.test", secret, "203.0.0.1");
    checked(10_000, 1);
    deviceGetsIn("203.0.0.1");
    // The neighbour was never seen from there; its host's address in DNS speaks for it.
    assertThat(house.token(other, "203.0.0.1")).isInstanceOf(Authentication.Postponed.class);
    house.update(other, "nas.home.test", "203.0.0.1");
    assertThat(house.token(other, "203.0.0.1")).isInstanceOf(Authentication.Proven.class);
  }

  @Test
  void threat17TwoBehindOneAddressUpdateWithoutCrossEffect() {
    String other = house.host("nas.home.test.");
    for (int turn = 1; turn < 50; turn++) {
      RequestOrigin shared = CredentialHouse.from("100.64.0.1");
      assertThat(
              house.update(new Presented.Token(secret), shared, "cam.home.test", "192.0.2." + turn))
          .isEqualTo(UPDATED);
      assertThat(
              house.update(new Presented.Token(other), shared, "nas.home.test", "192.0.2." + turn))
          .isEqualTo(UPDATED);
      assertThat(house.update(new Presented.Token(other), shared, "cam.home.test", "192.0.2.250"))
          .isEqualTo(CredentialHouse.noSuchHost());
    }
    assertThat(house.house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.49");
  }

  private String signing() {
    return Objects.requireNonNull(
        ((CredentialChange.Done) house.credentials.sign("cam.home.test", true)).signingSecret());
  }

  private Presented.Signed signed(String secret, Instant at, String nonce, String text)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hmac = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return new Presented.Signed(
        "cam.home.test",
        Long.toString(at.getEpochSecond()),
        nonce,
        text,
        HexFormat.of().formatHex(hmac));
  }

  private Object send(Presented.Signed signed, String address) {
    return house.update(signed, CredentialHouse.from(DEVICE), "cam.home.test", address);
  }

  @Test
  void threat22ASignedUpdateThatWasHeardDoesNotWorkAgain() throws Exception {
    String signing = signing();
    Presented.Signed first = signed(signing, now(), "nonce-001", "GET 192.0.2.1");
    assertThat(send(first, "192.0.2.1")).isEqualTo(UPDATED);
    assertThat(send(first, "192.0.2.1")).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(house.rejected).containsExactly("its nonce was used before: heard and sent again");
    house.house.clock.advance(Duration.ofSeconds(30));
    assertThat(send(signed(signing, now(), "nonce-002", "GET 192.0.2.2"), "192.0.2.2"))
        .isEqualTo(UPDATED);
    assertThat(send(first, "192.0.2.1")).isEqualTo(new UpdateAnswer.Unauthorized());
    house.house.clock.advance(Duration.ofMinutes(6));
    assertThat(send(first, "192.0.2.1")).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(house.house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.2");
  }

  @Test
  void threat22AnUpdateThatWasHeldBackCannotOvertakeANewerOne() throws Exception {
    String signing = signing();
    Presented.Signed held = signed(signing, now(), "nonce-001", "GET 192.0.2.1");
    house.house.clock.advance(Duration.ofSeconds(20));
    assertThat(send(signed(signing, now(), "nonce-002", "GET 192.0.2.2"), "192.0.2.2"))
        .isEqualTo(UPDATED);
    assertThat(send(held, "192.0.2.1")).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(house.rejected.getFirst()).contains("a newer request was taken");
  }

  @Test
  void threat22AfterARestartNothingOlderIsTaken() throws Exception {
    String signing = signing();
    Presented.Signed before = signed(signing, now().minusSeconds(10), "nonce-001", "GET 192.0.2.1");
    // The server of this test started now.
    assertThat(send(before, "192.0.2.1"))
        .isInstanceOfSatisfying(
            UpdateAnswer.Postponed.class,
            postponed -> assertThat(postponed.retryAfter()).isEqualTo(Duration.ofSeconds(11)));
  }

  @Test
  void threat22ChangedWordsAndWrongClocksAreRefused() throws Exception {
    String signing = signing();
    Presented.Signed right = signed(signing, now(), "nonce-001", "GET 192.0.2.1");
    for (Presented.Signed wrong :
        List.of(
            new Presented.Signed(
                "cam.home.test", right.time(), "nonce-001", "GET 192.0.2.9", right.signature()),
            new Presented.Signed("cam.home.test", right.time(), "nonce-001", right.text(), "00"),
            new Presented.Signed(
                "nobody", right.time(), "nonce-001", right.text(), right.signature()),
            signed("another secret", now(), "nonce-001", "GET 192.0.2.1"),
            signed(signing, now(), "short", "GET 192.0.2.1"),
            signed(signing, now().plusSeconds(301), "nonce-003", "GET 192.0.2.1"),
            // The secret that is sent signs nothing, and the one that signs is not sent.
            signed(secret, now(), "nonce-004", "GET 192.0.2.1"))) {
      assertThat(send(wrong, "192.0.2.1")).isEqualTo(new UpdateAnswer.Unauthorized());
    }
    assertThat(house.token(signing, DEVICE)).isInstanceOf(Authentication.Unproven.class);
    assertThat(send(right, "192.0.2.1")).isEqualTo(UPDATED);
    assertThat(right.toString()).doesNotContain(right.signature(), "192.0.2.1");
  }

  @Test
  void threat22TheMemoryOfNoncesIsBounded() throws Exception {
    String signing = signing();
    for (int i = 0; i < 64; i++) {
      assertThat(send(signed(signing, now(), "nonce-%03d".formatted(i), "x" + i), "192.0.2.1"))
          .isNotInstanceOf(UpdateAnswer.class);
    }
    assertThat(send(signed(signing, now(), "nonce-064", "x"), "192.0.2.1"))
        .isInstanceOf(UpdateAnswer.Postponed.class);
    house.house.clock.advance(Duration.ofSeconds(6));
    assertThat(send(signed(signing, now(), "nonce-065", "y"), "192.0.2.3")).isEqualTo(UPDATED);
  }

  private Instant now() {
    return house.house.clock.instant();
  }
}
