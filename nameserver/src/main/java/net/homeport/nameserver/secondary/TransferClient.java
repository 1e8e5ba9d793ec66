package net.homeport.nameserver.secondary;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.homeport.nameserver.secondary.Primary.Security;
import net.homeport.nameserver.tsig.TsigException;
import net.homeport.nameserver.tsig.TsigExchange;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * Asks a primary for its SOA, then for what changed (IXFR), or for all (AXFR). Blocks its caller,
 * which is a virtual thread as a rule; safe for many at a time.
 */
public final class TransferClient {
  /** How long a SOA query waits for a datagram, and how often it is sent, before it goes by TCP. */
  private static final Duration DATAGRAM_WAIT = Duration.ofSeconds(2);

  private static final int DATAGRAMS_MAX = 2;
  private static final int DATAGRAM_OCTETS = 65_535;

  private final Function<Name, ZoneEditor> newZone;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param newZone an empty zone of a name, which will stand in the present snapshot
   * @param random unpredictable, so that nobody can guess the ID of a query
   */
  public TransferClient(
      Function<Name, ZoneEditor> newZone, InstantSource clock, RandomGenerator random) {
    this.newZone = newZone;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What the primary has that we do not.
   *
   * @param key what the exchange is signed with; null for nothing
   * @param present what we have, or null
   * @param all whether to take the whole zone, whatever its serial
   * @throws TransferException which says why it could not be had; what we have stays good
   */
  public TransferResult fetch(
      Name zone, Primary primary, @Nullable TsigKey key, @Nullable Zone present, boolean all)
      throws TransferException {
    try {
      if (present != null && !all) {
        long serial = serial(zone, primary, key);
        if (Serial.compare(serial, present.serial()) <= 0) {
          return new TransferResult.UpToDate(serial);
        }
        try {
          return transfer(query(zone, Type.IXFR, present.soa(), primary), primary, key);
        } catch (TransferException _) {
          // Whatever it did not like or we did not: the whole zone says it too.
        }
      }
      return transfer(query(zone, Type.AXFR, null, primary), primary, key);
    } catch (IOException e) {
      throw new TransferException(why(e), true, e);
    }
  }

  private static String why(IOException e) {
    String message = e.getMessage();
    if (e instanceof SocketTimeoutException) {
      return "it does not answer (%s)".formatted(message);
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private TransferQuery query(Name zone, int type, @Nullable SOARecord ours, Primary primary) {
    boolean isEncrypted = primary.security() instanceof Security.Tls;
    return new TransferQuery(random.nextInt(0x1_0000), zone, type, ours, isEncrypted);
  }

  private TransferResult transfer(TransferQuery query, Primary primary, @Nullable TsigKey key)
      throws IOException, TransferException {
    try (var connection = PrimaryConnection.open(primary)) {
      var exchange = new Exchange(query, key);
      connection.send(exchange.request());
      var stream = new TransferStream(query, () -> newZone.apply(query.zone()));
      while (!stream.take(exchange.verified(connection.receive()))) {
        // The next one.
      }
      exchange.end();
      return stream.result();
    }
  }

  /** The primary's serial. */
  private long serial(Name zone, Primary primary, @Nullable TsigKey key)
      throws IOException, TransferException {
    TransferQuery query = query(zone, Type.SOA, null, primary);
    Message answer =
        primary.security() instanceof Security.Clear ? byDatagram(query, primary, key) : null;
    if (answer == null || answer.getHeader().getFlag(Flags.TC)) {
      query = query(zone, Type.SOA, null, primary);
      try (var connection = PrimaryConnection.open(primary)) {
        var exchange = new Exchange(query, key);
        connection.send(exchange.request());
        answer = exchange.verified(connection.receive());
        exchange.end();
      }
    }
    query.check(answer, true);
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record instanceof SOARecord soa && soa.getName().equals(zone)) {
        return soa.getSerial();
      }
    }
    throw new TransferException("it does not have the zone: there is no SOA record in its answer");
  }

  /** The answer by UDP, or null if none came. */
  private @Nullable Message byDatagram(TransferQuery query, Primary primary, @Nullable TsigKey key)
      throws IOException, TransferException {
    var exchange = new Exchange(query, key);
    byte[] request = exchange.request();
    try (var socket = new DatagramSocket()) {
      // Connected: what comes from elsewhere is not seen.
      socket.connect(primary.address());
      for (int tries = 0; tries < DATAGRAMS_MAX; tries++) {
        socket.send(new DatagramPacket(request, request.length));
        long until = System.nanoTime() + DATAGRAM_WAIT.toNanos();
        for (long left = DATAGRAM_WAIT.toMillis();
            left > 0;
            left = (until - System.nanoTime()) / 1_000_000) {
          socket.setSoTimeout((int) left);
          var packet = new DatagramPacket(new byte[DATAGRAM_OCTETS], DATAGRAM_OCTETS);
          socket.receive(packet);
          byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
          if (isFor(answer, query)) {
            Message message = exchange.verified(answer);
            exchange.end();
            return message;
          }
        }
      }
    } catch (SocketTimeoutException _) {
      // Lost, or not let through: TCP tells.
    } catch (IOException _) {
      // Such as "port unreachable": TCP tells it better.
    }
    return null;
  }

  /** A datagram with another ID may be anybody's; the answer may still come. */
  private static boolean isFor(byte[] answer, TransferQuery query) {
    return answer.length >= 12
        && ((answer[0] & 0xFF) << 8 | (answer[1] & 0xFF)) == query.id()
        && answer[2] < 0;
  }

  /** A request and the messages that answer it, verified if there is a key. */
  private final class Exchange {
    private final byte[] request;
    private final @Nullable TsigExchange signed;

    Exchange(TransferQuery query, @Nullable TsigKey key) {
      byte[] plain = query.message();
      signed = key == null ? null : TsigExchange.of(plain, key, clock);
      request = signed == null ? plain : signed.request();
    }

    byte[] request() {
      return request;
    }

    /** The next message, read. */
    Message verified(byte[] octets) throws TransferException {
      Message message;
      try {
        message = new Message(octets);
      } catch (IOException | RuntimeException e) {
        throw new TransferException("its answer cannot be read: " + e.getMessage());
      }
      if (signed != null) {
        try {
          signed.verify(octets, true);
        } catch (TsigException e) {
          int rcode = message.getHeader().getRcode();
          throw new TransferException(
              "its answer%s is not to be believed: %s"
                  .formatted(
                      rcode == Rcode.NOERROR ? "" : ", " + Rcode.string(rcode) + ",",
                      e.getMessage()));
        }
      }
      return message;
    }

    void end() throws TransferException {
      if (signed != null && !signed.isComplete()) {
        throw new TransferException("the end of its answer is not signed");
      }
    }
  }
}
