package net.homeport.nameserver.transfer;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tcp.StreamProtection;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** How many transfers go on at once, to all and to one: one more is told SERVFAIL, and no other. */
@Timeout(120)
final class ParallelTransfersTest {
  private static final Name ZONE = name("dyn.test.");

  private final CountDownLatch reading = new CountDownLatch(1);
  private final List<FinishedTransfer> finished = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ZoneTransfers transfers;

  ParallelTransfersTest() throws ZoneTextException {
    ZoneSnapshot empty = ZoneSnapshot.empty(1);
    ZoneSnapshot zones =
        empty.with(
            ZoneText.parse(
                empty, ZONE, "@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n"));
    transfers =
        new ZoneTransfers(
            () -> zones,
            (_, _, _, _) -> Optional.empty(),
            (_, _) -> true,
            new TsigVerifier(_ -> List.of(), InstantSource.system()),
            finished::add,
            InstantSource.system());
  }

  @AfterEach
  void end() throws InterruptedException {
    reading.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static InetAddress client(int number) {
    return InetAddress.ofLiteral("192.0.2." + number);
  }

  private Reply.Task asked(InetAddress client) {
    byte[] query =
        Message.newQuery(Record.newRecord(ZONE, Type.AXFR, DClass.IN)).toWire(Message.MAXLENGTH);
    Reply reply = Objects.requireNonNull(transfers.answer(query, client, StreamProtection.CLEAR));
    assertThat(reply).isInstanceOf(Reply.Later.class);
    return ((Reply.Later) reply).task();
  }

  /** One whose requestor reads nothing until the latch; it has begun when this returns. */
  private void begin(InetAddress client) throws InterruptedException {
    var begun = new CountDownLatch(1);
    Reply.Task task = asked(client);
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                task.run(message -> {
                  assertThat(message[3] & 0xF).isEqualTo(Rcode.NOERROR);
                  begun.countDown();
                  untilRead();
                });
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }));
    assertThat(begun.await(60, TimeUnit.SECONDS)).as("begun, to %s", client).isTrue();
  }

  private void untilRead() throws IOException {
    try {
      reading.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** What one is told whose requestor reads at once. */
  private List<Integer> rcodes(InetAddress client) throws IOException {
    var rcodes = new ArrayList<Integer>();
    asked(client).run(message -> rcodes.add(message[3] & 0xF));
    return rcodes;
  }

  @Test
  void oneClientHasNotAll() throws Exception {
    for (int i = 0; i < ZoneTransfers.TRANSFERS_OF_CLIENT_MAX; i++) {
      begin(client(1));
    }
    assertThat(rcodes(client(1))).containsExactly(Rcode.SERVFAIL);
    assertThat(rcodes(client(2))).as("another client").containsOnly(Rcode.NOERROR);
    assertThat(finished).hasSize(1);
    end();
    assertThat(rcodes(client(1))).as("once the others have ended").containsOnly(Rcode.NOERROR);
    assertThat(finished).hasSize(ZoneTransfers.TRANSFERS_OF_CLIENT_MAX + 2);
  }

  @Test
  void allTogetherHaveABound() throws Exception {
    for (int i = 0; i < ZoneTransfers.TRANSFERS_MAX; i++) {
      begin(client(1 + i % 8));
    }
    assertThat(rcodes(client(200))).containsExactly(Rcode.SERVFAIL);
    end();
    assertThat(rcodes(client(200))).containsOnly(Rcode.NOERROR);
    assertThat(finished).hasSize(ZoneTransfers.TRANSFERS_MAX + 1);
  }

  @Test
  void oneThatBreaksOffMakesRoom() throws Exception {
    for (int i = 0; i < 3 * ZoneTransfers.TRANSFERS_OF_CLIENT_MAX; i++) {
      Reply.Task task = asked(client(1));
      try {
        task.run(_ -> {
          throw new IOException("the connection is gone");
        });
        throw new AssertionError("it went on without its connection");
      } catch (IOException expected) {
        assertThat(expected).hasMessage("the connection is gone");
      }
    }
    assertThat(finished).isEmpty();
    assertThat(rcodes(client(1))).containsOnly(Rcode.NOERROR);
  }
}
