package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.homeport.nameserver.tcp.InPlaceAnswers;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.zone.ZoneSnapshot;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a stream's queries get in place is what they get by the book. */
class StreamAnswersTest {

  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.9"), 5300);

  private final ZoneSnapshot zones = ConfZone.SNAPSHOT;
  private final FullLane fullLane = new FullLane(() -> zones, Askers.SETTINGS);
  private final StreamAnswers answers =
      new StreamAnswers(
          () -> zones,
          fullLane,
          Askers.SETTINGS,
          Askers.requestsOfNobody(() -> zones, fullLane),
          Asker.Carrier.TCP);

  private static byte[] query(String name, int type) throws Exception {
    return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN))
        .toWire();
  }

  private byte[] inPlace(byte[] query) {
    InPlaceAnswers lane = answers.newInPlaceAnswers();
    lane.batchStarts();
    MemorySegment slab = MemorySegment.ofArray(new byte[4096]);
    MemorySegment.copy(query, 0, slab, ValueLayout.JAVA_BYTE, 2, query.length);
    int octets = lane.answer(slab, 2, query.length, 4000);
    return slab.asSlice(2, octets).toArray(ValueLayout.JAVA_BYTE);
  }

  /** All that a message says, however its names are compressed. */
  private static String said(byte[] message) {
    try {
      var read = new Message(message);
      return read.toString().replaceAll("(?m)^;; Message size.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bothWaysAgree() throws Exception {
    int answeredInPlace = 0;
    for (String name : new String[] {"www.conf.test", "conf.test", "nope.conf.test"}) {
      for (int type : new int[] {Type.A, Type.AAAA, Type.SOA, Type.MX, Type.TXT}) {
        byte[] query = query(name, type);
        byte[] fast = inPlace(query);
        if (fast.length > 0) {
          answeredInPlace++;
          assertThat(answers.handle(query, CLIENT))
              .isInstanceOfSatisfying(
                  Reply.Now.class, now -> assertThat(said(now.answer())).isEqualTo(said(fast)));
        }
      }
    }
    assertThat(answeredInPlace).isPositive();
  }

  @Test
  void whatIsNoQueryEndsTheConnection() throws Exception {
    byte[] response = query("www.conf.test", Type.A);
    response[2] |= (byte) 0x80;
    assertThat(inPlace(response)).isEmpty();
    assertThat(answers.handle(response, CLIENT)).isInstanceOf(Reply.Close.class);
  }
}
