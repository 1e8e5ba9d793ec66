package net.homeport.nameserver.transfer;

import static net.homeport.testkit.DnsText.name;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.query.Asker;
import net.homeport.nameserver.query.DatagramTransfers;
import net.homeport.nameserver.query.FullLane;
import net.homeport.nameserver.query.NameServerSettings;
import net.homeport.nameserver.query.RequestDoors;
import net.homeport.nameserver.query.Requests;
import net.homeport.nameserver.query.StreamAnswers;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.Transport;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.tcp.TcpListener;
import net.homeport.nameserver.tls.TlsStreams;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.zone.Management;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.UpdateDoor;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/** A primary with one zone, over real TCP, and its past in memory. */
final class PrimaryZone implements AutoCloseable {
  static final Name APEX = name("Dyn.Test.");
  static final TSIG KEY =
      new TSIG(
          TSIG.HMAC_SHA256, name("xfr.key."), "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  static final TSIG WRONG_SECRET =
      new TSIG(
          TSIG.HMAC_SHA256, name("xfr.key."), "fedcba9876543210".getBytes(StandardCharsets.UTF_8));

  private static final TsigKey OUR_KEY =
      new TsigKey(
          name("xfr.key."),
          TsigAlgorithm.HMAC_SHA256,
          "0123456789abcdef".getBytes(StandardCharsets.UTF_8));

  private final List<Changeset> past = new CopyOnWriteArrayList<>();
  private final List<FinishedTransfer> finished = new CopyOnWriteArrayList<>();
  private final ZoneWriter writer;
  private final ZoneTransfers transfers;
  private final MessageHandler handler;
  private final TcpListener listener;
  private final List<TcpListener> encrypted = new CopyOnWriteArrayList<>();
  private volatile int changesRemembered = Integer.MAX_VALUE;

  PrimaryZone(TransferRules rules, String... records) throws ZoneTextException {
    ZoneSnapshot empty = ZoneSnapshot.empty(7);
    String text =
        """
        $TTL 300
        @ SOA ns1 hostmaster 2025010101 7200 900 1209600 60
        @ NS ns1
        ns1 A 192.0.2.1
        """
            + String.join("\n", records)
            + "\n";
    writer =
        new ZoneWriter(
            empty.with(ZoneText.parse(empty, APEX, text)), this::remember, _ -> {}, _ -> {});
    TsigKeys keys = wanted -> wanted.equals(OUR_KEY.name()) ? List.of(OUR_KEY) : List.of();
    var verifier = new TsigVerifier(keys, InstantSource.system());
    transfers =
        new ZoneTransfers(
            writer::snapshot,
            this::between,
            rules,
            verifier,
            finished::add,
            InstantSource.system());
    handler = new TransferHandler(transfers, queries(keys));
    listener =
        TcpListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            handler,
            TcpLimits.DEFAULTS);
  }

  /** As a name server has it: what is no transfer, or not allowed, is answered there. */
  private MessageHandler queries(TsigKeys keys) {
    var settings =
        new NameServerSettings(
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ofSeconds(10),
            new ServerCookies(List.of(new CookieSecret(1, 2))),
            InstantSource.system());
    var fullLane = new FullLane(writer::snapshot, settings);
    var doors =
        new RequestDoors(
            keys,
            _ -> List.of(),
            (_, _) ->
                CompletableFuture.completedFuture(new UpdateDoor.Decision.NotAllowed("nobody")));
    var requests =
        new Requests(writer::snapshot, fullLane, settings, DatagramTransfers.NONE, doors);
    return new StreamAnswers(writer::snapshot, fullLane, settings, requests, Asker.Carrier.TCP);
  }

  private void remember(List<ZoneChange> batch) {
    batch.stream().map(Changeset.class::cast).forEach(past::add);
  }

  private Optional<List<Changeset>> between(Name zone, long after, long upTo, long octetsMax) {
    var chain = new ArrayList<Changeset>();
    for (Changeset changeset : past.reversed()) {
      if (chain.isEmpty() ? changeset.serialAfter() == upTo : chain.size() < changesRemembered) {
        chain.addFirst(changeset);
      }
      if (!chain.isEmpty() && chain.getFirst().serialBefore() == after) {
        return Optional.of(chain);
      }
    }
    return Optional.empty();
  }

  /** Serves within TLS too; where. */
  InetSocketAddress serveWithin(SSLContext tls) {
    TcpListener opened =
        TcpListener.open(
            new Endpoint(
                Transport.DOT, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)),
            new TlsStreams(() -> tls),
            handler,
            TcpLimits.DEFAULTS,
            System::nanoTime);
    encrypted.add(opened);
    return opened.localAddress();
  }

  /** Forgets all changes but the last ones. */
  void remember(int changes) {
    changesRemembered = changes;
  }

  InetSocketAddress address() {
    return listener.localAddress();
  }

  ZoneTransfers transfers() {
    return transfers;
  }

  ZoneWriter writer() {
    return writer;
  }

  long serial() {
    return Objects.requireNonNull(writer.snapshot().zone(APEX)).serial();
  }

  List<FinishedTransfer> finished() {
    return finished;
  }

  /** One commit. */
  long update(UpdateOperation... operations) {
    var by = new Attribution("test", "test", null, Instant.EPOCH);
    var update = new ZoneUpdate(APEX, List.of(), List.of(operations), Management.STATIC, by);
    var result = writer.submit(update).orTimeout(30, TimeUnit.SECONDS).join();
    return ((CommitResult.Committed) result).serial();
  }

  @Override
  public void close() {
    listener.close();
    encrypted.forEach(TcpListener::close);
    writer.close();
  }
}
