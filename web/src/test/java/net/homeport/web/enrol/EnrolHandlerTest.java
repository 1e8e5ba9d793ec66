package net.homeport.web.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.EnrolmentOffer;
import net.homeport.registry.enrolment.EnrolmentStore;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.enrolment.PendingEnrolment;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.SecretCipher;
import net.homeport.web.MemoryCredentialStore;
import net.homeport.web.MemoryHostStore;
import net.homeport.web.MemoryKeyStore;
import net.homeport.web.WebListener;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** What a device is told that turns its code in while nothing can be stored. */
final class EnrolHandlerTest {
  /** Takes codes, and gives none out: the disk is full. */
  private static final class FullStore implements EnrolmentStore {
    @Override
    public List<PendingEnrolment> pending() {
      return List.of();
    }

    @Override
    public void put(PendingEnrolment enrolment) {}

    @Override
    public void remove(SecretHash code) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  private static Enrolments enrolments(HostRegistry hosts, SecretHasher hasher) {
    InstantSource clock = InstantSource.system();
    var random = new Random(7);
    var cipher = new SecretCipher(new byte[32], random);
    var store = new MemoryCredentialStore();
    var signatures = new RequestSignatures(cipher, clock, "a secret of nobody");
    var credentials =
        new HostCredentials(hosts, store, new CredentialUses(store), signatures, hasher);
    var keys = new KeyRegistry(new MemoryKeyStore(), cipher, clock, random);
    return new Enrolments(
        hosts, credentials, keys, new FullStore(), hasher, RejectedAttempts.NONE, clock);
  }

  @Test
  void onAFullDiskItIsToldWhenToComeAgain() throws Exception {
    Name apex = Name.fromString("dyn.example.org.");
    Name cam = Name.fromString("cam.dyn.example.org.");
    ZoneSnapshot empty = ZoneSnapshot.empty(7);
    ZoneSnapshot zones =
        empty.with(
            ZoneText.parse(
                empty,
                apex,
                "$TTL 300\n@ SOA ns1 host 1 7200 900 1209600 60\n@ NS ns1\nns1 A 192.0.2.1\n"));
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    var hosts =
        new HostRegistry(new MemoryHostStore(), () -> zones, hasher, InstantSource.system());
    hosts.add(cam, Host.DEFAULT_TTL);
    Enrolments enrolments = enrolments(hosts, hasher);
    var offered =
        (EnrolmentOffer.Offered)
            enrolments.offer(
                cam, EnrolmentKind.TOKEN, "device", Duration.ofHours(1), "administrator");
    var handler = new EnrolHandler(enrolments, new Origins(new ClientAddress(List.of())));
    try (var listener =
            WebListener.open(
                List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)),
                Map.of(new ServletPathSpec("/enrol"), handler));
        var http = HttpClient.newHttpClient()) {
      URI door = URI.create(listener.urls().getFirst()).resolve("/enrol");
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create(door + "?code=" + offered.code()))
                          .HEAD()
                          .build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .as("HEAD takes no code")
          .isEqualTo(405);
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(door)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("code=" + offered.code()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
      assertThat(response.body()).contains("the code still works");
    }
  }
}
