package net.homeport.nameserver.notify;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.homeport.nameserver.socket.Eventually;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/** RFC 1996, over real sockets. */
@Timeout(60)
final class NotifierTest {
  private static final Name ZONE = name("dyn.test.");
  private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final TsigKey KEY =
      new TsigKey(name("xfr.key."), TsigAlgorithm.HMAC_SHA256, SECRET);
  private static final NotifyTiming QUICK =
      new NotifyTiming(Duration.ofMillis(50), Duration.ofMillis(50), 3, Duration.ofSeconds(1));

  /** A secondary: what it is told, and what it answers; null is silence. */
  private static final class Secondary implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<Message> told = new CopyOnWriteArrayList<>();
    private volatile Function<Message, @Nullable Message> answer;

    Secondary(Function<Message, @Nullable Message> answer) throws SocketException {
      this.answer = answer;
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      var packet = new DatagramPacket(new byte[4096], 4096);
      try {
        while (true) {
          packet.setLength(4096);
          socket.receive(packet);
          var message = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
          told.add(message);
          Message reply = answer.apply(message);
          if (reply != null) {
            byte[] octets = reply.toWire(65535);
            socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
          }
        }
      } catch (SocketException _) {
        // Closed.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    NotifyTarget target(@Nullable Name key) {
      return new NotifyTarget((InetSocketAddress) socket.getLocalSocketAddress(), key);
    }

    List<Long> serials() {
      return told.stream()
          .map(message -> ((SOARecord) message.getSection(Section.ANSWER).getFirst()).getSerial())
          .toList();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static Message acknowledged(Message notify) {
    Message answer = new Message(notify.getHeader().getID());
    answer.getHeader().setOpcode(Opcode.NOTIFY);
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(notify.getQuestion(), Section.QUESTION);
    return answer;
  }

  private volatile ZoneSnapshot zones = ZoneSnapshot.empty(1);
  private @Nullable Notifier notifier;

  private void publish(long serial) throws Exception {
    ZoneSnapshot empty = ZoneSnapshot.empty(1);
    String text =
        "@ 60 SOA ns1 root %d 1 2 3 4\n@ 60 NS ns1\nns1 60 A 192.0.2.1\n".formatted(serial);
    zones = empty.with(ZoneText.parse(empty, ZONE, text));
  }

  private Notifier notifier(NotifyTarget target) {
    Notifier made =
        new Notifier(
            () -> zones,
            _ -> List.of(target),
            wanted -> wanted.equals(KEY.name()) ? List.of(KEY) : List.of(),
            List.of(InetAddress.getLoopbackAddress()),
            QUICK,
            new Random(3),
            InstantSource.system());
    notifier = made;
    return made;
  }

  @AfterEach
  void close() {
    if (notifier != null) {
      notifier.close();
    }
  }

  @Test
  void rfc1996ATargetIsToldTheSoa() throws Exception {
    publish(7);
    try (var secondary = new Secondary(NotifierTest::acknowledged)) {
      NotifyTarget target = secondary.target(null);
      Notifier notifier = notifier(target);
      notifier.changed(List.of(ZONE));
      Eventually.holds("it is told", () -> notifier.status(target, ZONE).acknowledged() != null);

      Message told = secondary.told.getFirst();
      assertThat(told.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
      assertThat(told.getHeader().getFlag(Flags.AA)).isTrue();
      assertThat(told.getQuestion().getName()).isEqualTo(ZONE);
      assertThat(secondary.serials()).containsExactly(7L);
      assertThat(notifier.status(target, ZONE).acknowledged()).isEqualTo(7);
    }
  }

  @Test
  void whoDoesNotAnswerIsToldAgain() throws Exception {
    publish(7);
    try (var secondary = new Secondary(_ -> null)) {
      NotifyTarget target = secondary.target(null);
      Notifier notifier = notifier(target);
      notifier.tellAll();
      Eventually.holds("it is told", () -> secondary.told.size() == 2);
      publish(8);
      secondary.answer = NotifierTest::acknowledged;
      Eventually.holds(
          "it is told", () -> Long.valueOf(8).equals(notifier.status(target, ZONE).acknowledged()));
      assertThat(secondary.serials()).startsWith(7L, 7L).endsWith(8L);
    }
  }

  @Test
  void whoNeverAnswersIsGivenUpUntilTheNextChange() throws Exception {
    publish(7);
    try (var secondary = new Secondary(_ -> null)) {
      NotifyTarget target = secondary.target(null);
      Notifier notifier = notifier(target);
      notifier.changed(List.of(ZONE));
      Eventually.holds(
          "it is told",
          () ->
              notifier.status(target, ZONE).failed() == 1
                  && !notifier.status(target, ZONE).waiting());
      assertThat(secondary.told).hasSize(QUICK.datagrams());
      assertThat(notifier.status(target, ZONE).acknowledged()).isNull();

      secondary.answer = NotifierTest::acknowledged;
      publish(8);
      notifier.changed(List.of(ZONE));
      Eventually.holds(
          "it is told", () -> Long.valueOf(8).equals(notifier.status(target, ZONE).acknowledged()));
    }
  }

  @Test
  void aRefusalIsNotAskedAgain() throws Exception {
    publish(7);
    try (var secondary =
        new Secondary(notify -> {
          Message answer = acknowledged(notify);
          answer.getHeader().setRcode(Rcode.REFUSED);
          return answer;
        })) {
      NotifyTarget target = secondary.target(null);
      Notifier notifier = notifier(target);
      notifier.changed(List.of(ZONE));
      Eventually.holds(
          "it is told",
          () ->
              notifier.status(target, ZONE).failed() == 1
                  && !notifier.status(target, ZONE).waiting());
      assertThat(secondary.told).hasSize(1);
      assertThat(notifier.status(target, ZONE).result()).contains("REFUSED");
    }
  }

  @Test
  void changesAreToldTogether() throws Exception {
    publish(1);
    try (var secondary = new Secondary(NotifierTest::acknowledged)) {
      NotifyTarget target = secondary.target(null);
      Notifier notifier = notifier(target);
      for (int serial = 1; serial <= 300; serial++) {
        publish(serial);
        notifier.changed(List.of(ZONE));
      }
      Eventually.holds(
          "it is told",
          () -> Long.valueOf(300).equals(notifier.status(target, ZONE).acknowledged()));
      assertThat(secondary.told).hasSizeLessThan(100);
    }
  }

  @Test
  void anAnswerIsBelievedOnlyIfItIsSigned() throws Exception {
    publish(7);
    try (var secondary = new Secondary(NotifierTest::acknowledged)) {
      NotifyTarget target = secondary.target(KEY.name());
      Notifier notifier = notifier(target);
      notifier.changed(List.of(ZONE));
      Eventually.holds("it is told", () -> secondary.told.size() >= 2);
      assertThat(notifier.status(target, ZONE).acknowledged()).isNull();

      var tsig = new TSIG(TSIG.HMAC_SHA256, KEY.name(), SECRET);
      secondary.answer =
          notify -> {
            Message answer = acknowledged(notify);
            answer.setTSIG(tsig, Rcode.NOERROR, notify.getTSIG());
            return answer;
          };
      notifier.changed(List.of(ZONE));
      Eventually.holds(
          "it is told", () -> Long.valueOf(7).equals(notifier.status(target, ZONE).acknowledged()));
    }
  }
}
