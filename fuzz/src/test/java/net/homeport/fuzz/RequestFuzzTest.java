package net.homeport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.query.Asker;
import net.homeport.nameserver.query.DatagramTransfers;
import net.homeport.nameserver.query.FullLane;
import net.homeport.nameserver.query.NameServerSettings;
import net.homeport.nameserver.query.RequestDoors;
import net.homeport.nameserver.query.Requests;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.UpdateEvaluation;
import net.homeport.zone.update.UpdateResult;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Updates and signed messages of any octets: each is answered, and whatever an update does, the
 * zone keeps what makes it one. Nobody needs to sign here, so that more gets through.
 */
final class RequestFuzzTest {
  private static final int HEADER = 12;
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final Asker ASKER =
      new Asker(InetAddress.ofLiteral("192.0.2.7"), Asker.Carrier.TCP);
  private static final ZoneSnapshot ZONES = Zones.snapshot();
  private static final NameServerSettings SETTINGS =
      new NameServerSettings(
          Optional.empty(),
          Optional.empty(),
          true,
          Duration.ofSeconds(10),
          new ServerCookies(List.of(new CookieSecret(1, 2))),
          InstantSource.fixed(NOW));
  private static final Requests REQUESTS =
      new Requests(
          () -> ZONES,
          new FullLane(() -> ZONES, SETTINGS),
          SETTINGS,
          DatagramTransfers.NONE,
          new RequestDoors(
              name -> List.of(new TsigKey(name, TsigAlgorithm.HMAC_SHA256, new byte[16])),
              _ -> List.of(),
              (update, _) -> CompletableFuture.completedFuture(evaluated(update))));

  private static UpdateDoor.Decision evaluated(ProposedUpdate update) {
    Zone zone = Objects.requireNonNull(ZONES.zone(update.zone()));
    for (Management management : Management.values()) {
      UpdateResult result =
          UpdateEvaluation.evaluate(
              zone,
              new ZoneUpdate(
                  update.zone(),
                  update.prerequisites(),
                  update.operations(),
                  management,
                  new Attribution("fuzz", "fuzz", null, NOW)));
      if (result instanceof UpdateResult.Changed changed) {
        assertThat(changed.next().rrset(zone.apex(), Type.SOA)).isNotNull();
        assertThat(changed.next().rrset(zone.apex(), Type.NS)).isNotNull();
      }
    }
    return new UpdateDoor.Decision.Decided(new CommitResult.Committed(2));
  }

  @FuzzTest(maxDuration = "60s")
  void anyRequest(byte[] message) throws IOException {
    if (message.length < HEADER) {
      return;
    }
    byte[] request = message.clone();
    // Few octets chosen at random are updates.
    request[2] = (byte) (Opcode.UPDATE << 3);
    byte[] answer = Objects.requireNonNull(REQUESTS.answered(request, ASKER));
    assertThat(answer[2] & 0x80).isNotZero();
    assertThat(new Message(answer).getRcode()).isNotEqualTo(Rcode.SERVFAIL);
  }
}
