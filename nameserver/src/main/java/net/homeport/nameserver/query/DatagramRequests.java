package net.homeport.nameserver.query;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.IntPredicate;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.nameserver.tcp.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/**
 * Takes requests that came as datagrams off the thread that receives: to verify a signature or to
 * wait for the disk there would make queries wait. Safe for any thread.
 */
public final class DatagramRequests {
  /** How many may be under way; one more is answered SERVFAIL at once, and asked again later. */
  static final int REQUESTS_MAX = 8_192;

  private static final Logger LOGGER = LoggerFactory.getLogger(DatagramRequests.class);

  private final Requests requests;
  private final Semaphore free = new Semaphore(REQUESTS_MAX);
  private final FailureLog failures = new FailureLog(LOGGER, "answering datagrams later");

  public DatagramRequests(Requests requests) {
    this.requests = requests;
  }

  /**
   * Takes this message if it is for here; its answer, if any, goes into the sink.
   *
   * @param mayAnswer whether one more answer may go to where the message seems to come from; asked
   *     for an answer with this RCODE if the message does not prove who sent it
   */
  boolean take(byte[] message, Asker asker, IntPredicate mayAnswer, Reply.Sink sink) {
    if (!requests.concern(message)) {
      return false;
    }
    if (free.tryAcquire()) {
      Thread.ofVirtual().start(() -> answer(message, asker, mayAnswer, sink));
    } else if (mayAnswer.test(Rcode.SERVFAIL)) {
      send(FullLane.headerOnly(message, Rcode.SERVFAIL).octets(), sink);
    }
    return true;
  }

  private void answer(byte[] message, Asker asker, IntPredicate mayAnswer, Reply.Sink sink) {
    try {
      Requests.Answer answer = requests.answer(message, asker);
      if (answer != null && (answer.isProven() || mayAnswer.test(answer.octets()[3] & 0xF))) {
        sink.send(answer.octets());
      }
    } catch (IOException | RuntimeException e) {
      failures.record(e);
    } finally {
      free.release();
    }
  }

  private void send(byte[] answer, Reply.Sink sink) {
    try {
      sink.send(answer);
    } catch (IOException e) {
      failures.record(e);
    }
  }
}
