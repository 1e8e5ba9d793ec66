package net.homeport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.query.Asker;
import net.homeport.nameserver.query.FastLane;
import net.homeport.nameserver.query.FullLane;
import net.homeport.nameserver.query.NameServerSettings;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Messages of any octets: both lanes answer, or are silent, and never contradict each other. */
final class MessageFuzzTest {
  private static final int CAPACITY = 4096;
  private static final int HEADER = 12;
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final long CLIENT_LOW = 0xFFFF_C000_0207L;

  private static final ZoneSnapshot ZONES = Zones.snapshot();
  private static final NameServerSettings SETTINGS =
      new NameServerSettings(
          Optional.of("ns1"),
          Optional.of("Homeport"),
          true,
          Duration.ofSeconds(10),
          new ServerCookies(List.of(new CookieSecret(1, 2))),
          InstantSource.fixed(NOW));
  private static final FullLane FULL = new FullLane(() -> ZONES, SETTINGS);
  private static final FastLane FAST = FastLane.ofDatagrams(ZONES, SETTINGS);
  private static final MemorySegment SLAB = Arena.ofAuto().allocate(CAPACITY);

  @FuzzTest(maxDuration = "60s")
  void anyMessage(byte[] message) throws IOException {
    byte[] overUdp = FULL.answer(message.clone(), new Asker(CLIENT, Asker.Carrier.UDP));
    byte[] overTls = FULL.answer(message.clone(), new Asker(CLIENT, Asker.Carrier.TLS));
    boolean isRequest = message.length >= HEADER && message[2] >= 0;
    assertThat(overUdp != null).isEqualTo(isRequest);
    assertThat(overTls != null).isEqualTo(isRequest);
    if (overUdp == null || overTls == null) {
      return;
    }
    Message answer = new Message(overUdp);
    assertThat(overUdp.length).isLessThanOrEqualTo(1232);
    assertThat(answer.getRcode()).isNotEqualTo(Rcode.SERVFAIL);
    assertThat(new Message(overTls).getRcode()).isNotEqualTo(Rcode.SERVFAIL);
    if (message.length <= CAPACITY) {
      compareFastLane(message, overUdp);
    }
  }

  private static void compareFastLane(byte[] message, byte[] full) {
    FAST.use(ZONES, NOW.getEpochSecond());
    MemorySegment.copy(message, 0, SLAB, ValueLayout.JAVA_BYTE, 0, message.length);
    int octets = FAST.answer(SLAB, 0, message.length, CAPACITY, 0, CLIENT_LOW);
    if (octets != FastLane.NOT_FOR_ME) {
      byte[] fast = SLAB.asSlice(0, HEADER).toArray(ValueLayout.JAVA_BYTE);
      assertThat(fast).isEqualTo(Arrays.copyOf(full, HEADER));
    }
  }
}
