package net.homeport.nameserver.notify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import net.homeport.nameserver.tsig.TsigException;
import net.homeport.nameserver.tsig.TsigExchange;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.zone.Zone;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One NOTIFY and its answer (RFC 1996 3), which is believed only if it comes from the target, has
 * our ID and question, and is signed by the key if there is one.
 */
final class NotifyExchange {
  private static final int HEADER = 12;
  private static final int MESSAGE_MAX = 65_535;

  private final NotifyTarget target;
  private final Zone zone;
  private final byte[] request;
  private final @Nullable TsigExchange signed;

  /**
   * @param id hard to guess
   */
  NotifyExchange(
      NotifyTarget target, Zone zone, int id, @Nullable TsigKey key, InstantSource clock) {
    this.target = target;
    this.zone = zone;
    byte[] message = message(zone, id);
    this.signed = key == null ? null : TsigExchange.of(message, key, clock);
    this.request = signed == null ? message : signed.request();
  }

  /** With the SOA in the answer section, by which the target sees whether it must come. */
  private static byte[] message(Zone zone, int id) {
    var message = new Message(id);
    Header header = message.getHeader();
    header.setOpcode(Opcode.NOTIFY);
    header.setFlag(Flags.AA);
    message.addRecord(Record.newRecord(zone.apex(), Type.SOA, DClass.IN), Section.QUESTION);
    message.addRecord(zone.soa(), Section.ANSWER);
    return message.toWire();
  }

  /** What came back. */
  sealed interface Result {
    /** The target knows now. */
    record Acknowledged() implements Result {}

    /** The target does not want to know; to ask again is no use. */
    record Refused(String why) implements Result {}

    /** Nothing that can be believed; to ask again may help. */
    record Silent(String why) implements Result {}
  }

  /** Sends a datagram from this address and waits for its answer. */
  Result byDatagram(@Nullable InetAddress source, Duration timeout, LongNanos nanoTime) {
    try (var socket = new DatagramSocket(new InetSocketAddress(source, 0))) {
      socket.connect(target.address());
      socket.send(new DatagramPacket(request, request.length));
      long deadline = nanoTime.now() + timeout.toNanos();
      var packet = new DatagramPacket(new byte[MESSAGE_MAX], MESSAGE_MAX);
      while (true) {
        long left = Duration.ofNanos(deadline - nanoTime.now()).toMillis();
        if (left <= 0) {
          return new Result.Silent("no answer");
        }
        socket.setSoTimeout((int) left);
        socket.receive(packet);
        byte[] answer = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        Result result = isAnswer(answer) ? judged(answer) : null;
        if (result != null && !(result instanceof Result.Silent)) {
          return result;
        }
        packet.setLength(MESSAGE_MAX); // not what we wait for: perhaps forged, so go on
      }
    } catch (SocketTimeoutException _) {
      return new Result.Silent("no answer");
    } catch (IOException e) {
      return new Result.Silent(String.valueOf(e.getMessage()));
    }
  }

  /** The clock of the time limits, as {@link System#nanoTime}. */
  @FunctionalInterface
  interface LongNanos {
    long now();
  }

  /** Sends it over TCP and waits for its answer. */
  Result byStream(@Nullable InetAddress source, Duration timeout) {
    try (var socket = new Socket()) {
      socket.bind(new InetSocketAddress(source, 0));
      socket.setSoTimeout((int) timeout.toMillis());
      socket.connect(target.address(), (int) timeout.toMillis());
      var out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[request.length + 2];
      framed[0] = (byte) (request.length >> 8);
      framed[1] = (byte) request.length;
      System.arraycopy(request, 0, framed, 2, request.length);
      out.write(framed);
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return isAnswer(answer)
          ? judged(answer)
          : new Result.Silent("something that does not answer the NOTIFY");
    } catch (SocketTimeoutException _) {
      return new Result.Silent("no answer");
    } catch (IOException e) {
      return new Result.Silent("by TCP: " + e.getMessage());
    }
  }

  private boolean isAnswer(byte[] answer) {
    return answer.length >= HEADER
        && answer[0] == request[0]
        && answer[1] == request[1]
        && (answer[2] & 0x80) != 0
        && ((answer[2] >> 3) & 0xF) == Opcode.NOTIFY;
  }

  private Result judged(byte[] octets) {
    Message answer;
    try {
      answer = new Message(octets);
    } catch (IOException e) {
      return new Result.Silent("an answer that is no DNS message: " + e.getMessage());
    }
    Record question = answer.getQuestion();
    if (question != null
        && !(question.getName().equals(zone.apex()) && question.getType() == Type.SOA)) {
      return new Result.Silent("an answer to another question");
    }
    int rcode = answer.getRcode();
    if (signed != null) {
      try {
        signed.verify(octets, false);
      } catch (TsigException e) {
        return rcode == Rcode.NOTAUTH
            ? new Result.Refused("NOTAUTH: " + e.getMessage())
            : new Result.Silent("an answer that cannot be believed: " + e.getMessage());
      }
    }
    return rcode == Rcode.NOERROR
        ? new Result.Acknowledged()
        : new Result.Refused(Rcode.string(rcode));
  }
}
