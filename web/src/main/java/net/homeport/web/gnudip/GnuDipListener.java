package net.homeport.web.gnudip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.dialect.Question;
import net.homeport.web.dialect.UpdateExchanges;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.exchange.RequestText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GnuDIP over TCP: we send a salt, the device a line {@code USER:DIGEST:DOMAIN:WHAT[:ADDRESS]}, we
 * a number. A virtual thread a connection; at most {@link #CONNECTIONS_MAX} at a time, more are
 * closed at once.
 */
public final class GnuDipListener implements AutoCloseable {
  /** The port that clients expect. */
  public static final int PORT = 3495;

  /** Most connections at a time, of all listeners. */
  static final int CONNECTIONS_MAX = 256;

  /** A device that says nothing, or little by little, is not waited for longer. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(GnuDipListener.class);
  private static final int LINE_OCTETS_MAX = 512;
  private static final int PARTS_MAX = 5;
  private static final int PARTS_MIN = 4;

  private final HostUpdates updates;
  private final ExchangeLog exchanges;
  private final GnuDipSalts salts;
  private final InstantSource clock;
  private final ServerSocket socket;
  private final Semaphore free;

  private GnuDipListener(
      HostUpdates updates,
      ExchangeLog exchanges,
      GnuDipSalts salts,
      InstantSource clock,
      ServerSocket socket,
      Semaphore free) {
    this.updates = updates;
    this.exchanges = exchanges;
    this.salts = salts;
    this.clock = clock;
    this.socket = socket;
    this.free = free;
  }

  /**
   * Listens at an address.
   *
   * @param exchanges keeps what was said
   * @throws IOException when it cannot, as when another program does
   */
  public static GnuDipListener open(
      InetSocketAddress address,
      HostUpdates updates,
      ExchangeLog exchanges,
      SecretHasher hasher,
      InstantSource clock)
      throws IOException {
    var socket = new ServerSocket();
    try {
      socket.bind(address);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var listener =
        new GnuDipListener(
            updates,
            exchanges,
            new GnuDipSalts(hasher, clock),
            clock,
            socket,
            new Semaphore(CONNECTIONS_MAX));
    Thread.ofVirtual().name("gnudip").start(listener::accept);
    return listener;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket device = socket.accept();
        if (free.tryAcquire()) {
          Thread.ofVirtual().name("gnudip-device").start(() -> serve(device));
        } else {
          device.close();
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("a GnuDIP connection was not taken: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket device) {
    try (device) {
      String salt = salts.salt();
      send(device, salt);
      String line = line(device);
      String answer = line == null ? null : answer(line, salt, device);
      if (answer != null) {
        send(device, answer);
      }
    } catch (IOException e) {
      LOG.debug("a GnuDIP device went away: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("an update by GnuDIP failed: a defect of Homeport", e);
    } finally {
      free.release();
    }
  }

  private static void send(Socket device, String line) throws IOException {
    device.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    device.getOutputStream().flush();
  }

  /** The line without its end; null if there is none that is short and comes in time. */
  private @Nullable String line(Socket device) throws IOException {
    Instant end = clock.instant().plus(PATIENCE);
    var octets = new ByteArrayOutputStream();
    InputStream in = device.getInputStream();
    while (octets.size() < LINE_OCTETS_MAX) {
      long left = Duration.between(clock.instant(), end).toMillis();
      if (left <= 0) {
        return null;
      }
      device.setSoTimeout(Math.toIntExact(left));
      int octet = in.read();
      if (octet == '\n' || (octet < 0 && octets.size() > 0)) {
        return octets.toString(StandardCharsets.UTF_8).strip();
      }
      if (octet < 0) {
        return null;
      }
      octets.write(octet);
    }
    return null;
  }

  /** The answer; null when it is our fault: the device finds the connection closed. */
  private @Nullable String answer(String line, String salt, Socket device) {
    // The address is the last part, since those of IPv6 have colons.
    List<String> parts = List.of(line.split(":", PARTS_MAX));
    if (parts.size() < PARTS_MIN) {
      return "1";
    }
    var origin = new RequestOrigin(device.getInetAddress(), GnuDipDialect.NAME);
    String what = parts.get(3);
    Question question =
        GnuDipQuestion.of(
            parts.get(0),
            parts.get(2),
            salt,
            parts.get(1),
            what,
            parts.size() == PARTS_MAX ? parts.get(4) : "",
            device.getInetAddress());
    if (question.presented() == null) {
      return "1";
    }
    var hosts = new LinkedHashSet<Host>();
    UpdateAnswer answer =
        updates.update(
            new UpdateRequest(question.presented(), origin, question.wishes(), question.flaw()),
            observation -> hosts.add(observation.host()));
    String number = GnuDipQuestion.number(answer, question);
    String told =
        number != null && GnuDipQuestion.tellsAddress(what, number)
            ? number + ":" + question.spelling()
            : number;
    UpdateExchanges.record(
        exchanges,
        question,
        answer,
        List.copyOf(hosts),
        () ->
            new ExchangeLog.Said(
                origin,
                withoutDigest(parts),
                GnuDipQuestion.status(answer),
                told == null ? "" : told,
                question.notes()));
    return told;
  }

  private static String withoutDigest(List<String> parts) {
    var shown = new ArrayList<>(parts);
    shown.set(1, "***");
    return RequestText.ofLine(String.join(":", shown));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing the GnuDIP listener: {}", e.toString());
    }
  }
}
