package net.homeport.nameserver.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tcp.StreamProtection;
import net.homeport.nameserver.transfer.FinishedTransfer.Kind;
import net.homeport.nameserver.tsig.TsigSession;
import net.homeport.nameserver.tsig.TsigVerdict;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.zone.PackedNode;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.writer.ChangeLog;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Serial;
import org.xbill.DNS.Type;

/**
 * Answers those who ask for a zone. Safe for any thread; what takes long is done on the thread of a
 * {@link Reply.Later}, from one snapshot, while updates go on.
 *
 * <p>A difference is one step from the requestor's serial to ours. The whole zone is sent instead
 * where the changes since then are not known any more, or would fill more than the zone. Who has
 * our serial, or a newer one, is told ours (RFC 1995 2). By UDP an IXFR is always answered so,
 * which sends its requestor to TCP: to look for the difference would keep queries waiting.
 */
public final class ZoneTransfers {
  /** How many go on at once; those beyond are told SERVFAIL and come again. */
  public static final int TRANSFERS_MAX = 32;

  /** How many of these go to one address. */
  public static final int TRANSFERS_OF_CLIENT_MAX = 8;

  /** How long one may take, however slowly its requestor reads. */
  public static final Duration TIME_MAX = Duration.ofHours(2);

  /** Octets of the past that are read for one difference; larger ones are sent as whole zones. */
  public static final long DIFFERENCE_OCTETS_MAX = 4L * 1024 * 1024;

  private static final long DIFFERENCE_OCTETS_ALWAYS = 16 * 1024;
  // A name takes about as much in a transfer; in the journal a change takes twice that.
  private static final long OCTETS_OF_NAME = 96;
  private static final long HALF = 1L << 31;
  private static final int HEADER = 12;
  private static final int DATAGRAM_MAX = 512;

  /** Messages within TLS grow to a multiple of this, if wanted (RFC 9103 7.9.1, RFC 8467 4.1). */
  private static final int PADDING_BLOCK = 468;

  private static final String WANTED_TLS =
      "within TLS, zones go by TLS 1.3 with the ALPN token dot only (RFC 9103 section 7)";

  private final Supplier<ZoneSnapshot> zones;
  private final ChangeLog changes;
  private final TransferRules rules;
  private final TsigVerifier verifier;
  private final Consumer<FinishedTransfer> onFinished;
  private final InstantSource clock;
  private final TransferLimit limit = new TransferLimit(TRANSFERS_MAX, TRANSFERS_OF_CLIENT_MAX);

  /**
   * @param zones the present snapshot
   * @param changes what leads to it
   * @param onFinished told of each transfer that was sent to its end, on its thread
   */
  public ZoneTransfers(
      Supplier<ZoneSnapshot> zones,
      ChangeLog changes,
      TransferRules rules,
      TsigVerifier verifier,
      Consumer<FinishedTransfer> onFinished,
      InstantSource clock) {
    this.zones = zones;
    this.changes = changes;
    this.rules = rules;
    this.verifier = verifier;
    this.onFinished = onFinished;
    this.clock = clock;
  }

  /**
   * The reply to a message of a stream that asks for a zone; null if it does not, or may not: then
   * it is refused as any query is.
   *
   * @param protection how what is sent is protected on its way; within TLS that zones may not go by
   *     (RFC 9103 section 7) it is refused, with a word on why
   */
  public @Nullable Reply answer(byte[] message, InetAddress client, StreamProtection protection) {
    return switch (TransferRequest.read(message)) {
      case TransferRequest.Reading.Other _ -> null;
      case TransferRequest.Reading.Malformed _ -> Reply.now(headerOnly(message, Rcode.FORMERR));
      case TransferRequest.Reading.Read read -> {
        Accepted accepted = accepted(message, read.request(), client, carrier(protection));
        yield switch (accepted) {
          case Accepted.AsAnyQuery _ -> null;
          case Accepted.No no -> Reply.now(no.answer());
          case Accepted.Yes yes when protection == StreamProtection.TLS ->
              Reply.now(notOverThisTls(message, yes));
          case Accepted.Yes yes -> Reply.later(sink -> send(message, yes, sink));
        };
      }
    };
  }

  private static Requestor.Carrier carrier(StreamProtection protection) {
    return switch (protection) {
      case CLEAR -> Requestor.Carrier.TCP;
      case TLS, TLS_FOR_TRANSFERS -> Requestor.Carrier.TLS;
    };
  }

  private static byte[] notOverThisTls(byte[] message, Accepted.Yes accepted) {
    return failure(
        message,
        accepted.request(),
        Rcode.REFUSED,
        new ExtendedErrorCodeOption(ExtendedErrorCodeOption.PROHIBITED, WANTED_TLS),
        accepted.session());
  }

  /** The answer to a datagram that asks for a difference; null if it does not. Does not block. */
  public byte @Nullable [] answerDatagram(byte[] message, InetAddress client) {
    if (!(TransferRequest.read(message) instanceof TransferRequest.Reading.Read read)
        || !read.request().isIncremental()) {
      return null;
    }
    return switch (accepted(message, read.request(), client, Requestor.Carrier.UDP)) {
      case Accepted.AsAnyQuery _ -> null;
      case Accepted.No no -> no.answer();
      case Accepted.Yes yes -> {
        byte[][] sent = new byte[1][];
        try {
          sendSoa(messages(message, yes, DATAGRAM_MAX, answer -> sent[0] = answer), yes.zone());
        } catch (IOException _) {
          yield failure(message, read.request(), Rcode.SERVFAIL, yes.session());
        }
        yield sent[0];
      }
    };
  }

  /** Whether a request is to be fulfilled. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private sealed interface Accepted {
    record No(byte[] answer) implements Accepted {}

    /** Whatever else answers queries refuses it, in the words that it has for that. */
    record AsAnyQuery() implements Accepted {}

    record Yes(
        TransferRequest request, Zone zone, Requestor requestor, @Nullable TsigSession session)
        implements Accepted {}
  }

  private Accepted accepted(
      byte[] message, TransferRequest request, InetAddress client, Requestor.Carrier carrier) {
    TsigSession session = null;
    switch (verifier.verify(message)) {
      case TsigVerdict.Unsigned _ -> {}
      case TsigVerdict.Verified verified -> session = verified.session();
      case TsigVerdict.Malformed _, TsigVerdict.Rejected _ -> {
        return new Accepted.AsAnyQuery();
      }
    }
    ZoneSnapshot snapshot = zones.get();
    Zone zone = request.isInternet() ? snapshot.zone(request.zone()) : null;
    if (zone == null && request.isInternet() && snapshot.isAwaited(request.zone())) {
      var notReady = new ExtendedErrorCodeOption(ExtendedErrorCodeOption.NOT_READY);
      return new Accepted.No(failure(message, request, Rcode.SERVFAIL, notReady, session));
    }
    if (zone == null) {
      return new Accepted.No(failure(message, request, Rcode.NOTAUTH, session));
    }
    if (zone.isExpired()) {
      // What we do not answer is not handed on either.
      return new Accepted.No(failure(message, request, Rcode.SERVFAIL, session));
    }
    Requestor.Proof proof =
        session == null
            ? new Requestor.Proof.None()
            : new Requestor.Proof.SharedKey(session.key().name());
    var requestor = new Requestor(proof, client, carrier);
    return rules.mayTransfer(zone.apex(), requestor)
        ? new Accepted.Yes(request, zone, requestor, session)
        : new Accepted.AsAnyQuery();
  }

  private static byte[] headerOnly(byte[] message, int rcode) {
    byte[] answer = new byte[HEADER];
    answer[0] = message[0];
    answer[1] = message[1];
    answer[2] = (byte) (0x80 | (message[2] & 1));
    answer[3] = (byte) rcode;
    return answer;
  }

  private static byte[] failure(
      byte[] message, TransferRequest request, int rcode, @Nullable TsigSession session) {
    return failure(message, request, rcode, null, session);
  }

  /** An answer of no records; {@code why} is told to those who speak EDNS (RFC 8914). */
  private static byte[] failure(
      byte[] message,
      TransferRequest request,
      int rcode,
      @Nullable ExtendedErrorCodeOption why,
      @Nullable TsigSession session) {
    int question = request.zone().length() + 4;
    byte[] option = why == null || !request.hasOpt() ? new byte[0] : why.toWire();
    int opt = request.hasOpt() ? TransferMessages.OPT_OCTETS + option.length : 0;
    byte[] answer = new byte[HEADER + question + opt];
    System.arraycopy(headerOnly(message, rcode), 0, answer, 0, HEADER);
    answer[5] = 1;
    System.arraycopy(message, HEADER, answer, HEADER, question);
    if (opt > 0) {
      answer[11] = 1;
      TransferMessages.putOpt(answer, HEADER + question, option);
    }
    return session == null ? answer : session.sign(answer);
  }

  private static TransferMessages messages(
      byte[] message, Accepted.Yes accepted, int max, Reply.Sink sink) {
    boolean isPadded =
        accepted.request().isPadded() && accepted.requestor().carrier() == Requestor.Carrier.TLS;
    return new TransferMessages(
        message,
        accepted.request(),
        accepted.zone().apex(),
        accepted.session(),
        max,
        isPadded ? PADDING_BLOCK : 0,
        sink);
  }

  private void send(byte[] message, Accepted.Yes accepted, Reply.Sink sink) throws IOException {
    InetAddress client = accepted.requestor().address();
    if (!limit.begin(client)) {
      sink.send(failure(message, accepted.request(), Rcode.SERVFAIL, accepted.session()));
      return;
    }
    try {
      Instant start = clock.instant();
      Instant latest = start.plus(TIME_MAX);
      Reply.Sink timed =
          answer -> {
            if (clock.instant().isAfter(latest)) {
              throw new IOException("the transfer takes too long");
            }
            sink.send(answer);
          };
      var messages = messages(message, accepted, Integer.MAX_VALUE, timed);
      Kind kind = send(accepted, messages);
      Instant end = clock.instant();
      onFinished.accept(
          new FinishedTransfer(
              accepted.zone().apex(),
              accepted.requestor(),
              kind,
              accepted.zone().serial(),
              messages.messages(),
              messages.octets(),
              end,
              Duration.between(start, end)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      limit.end(client);
    }
  }

  private Kind send(Accepted.Yes accepted, TransferMessages messages) throws IOException {
    TransferRequest request = accepted.request();
    Zone zone = accepted.zone();
    if (!request.isIncremental()) {
      sendWhole(messages, zone);
      return Kind.AXFR;
    }
    // Serials that are half the circle apart compare as neither (RFC 1982 3.2).
    boolean isOpposite = Math.abs(request.serial() - zone.serial()) == HALF;
    if (!isOpposite && Serial.compare(request.serial(), zone.serial()) >= 0) {
      sendSoa(messages, zone);
      return Kind.UP_TO_DATE;
    }
    long bound =
        Math.clamp(
            zone.nameCount() * OCTETS_OF_NAME, DIFFERENCE_OCTETS_ALWAYS, DIFFERENCE_OCTETS_MAX);
    Optional<List<Changeset>> past =
        changes.between(zone.apex(), request.serial(), zone.serial(), bound);
    if (past.isEmpty()) {
      sendWhole(messages, zone);
      return Kind.AXFR_FOR_IXFR;
    }
    sendDifference(messages, zone, ZoneDifference.of(zone, past.get()));
    return Kind.IXFR;
  }

  private static void addSoa(TransferMessages messages, Rrset soa) throws IOException {
    byte[] body = soa.body();
    messages.addRecord(new byte[0], 0, 0, body, 0, body.length);
  }

  private static void sendSoa(TransferMessages messages, Zone zone) throws IOException {
    addSoa(messages, zone.soaRrset());
    messages.flush();
  }

  private static void sendWhole(TransferMessages messages, Zone zone) throws IOException {
    addSoa(messages, zone.soaRrset());
    zone.forEachPacked((node, rrset) -> {
      if (PackedNode.type(node, rrset) != Type.SOA) {
        messages.addUnchecked(
            node,
            PackedNode.spellingAt(node),
            PackedNode.spellingLength(node),
            node,
            PackedNode.bodyAt(rrset),
            PackedNode.count(node, rrset));
      }
    });
    addSoa(messages, zone.soaRrset());
    messages.flush();
  }

  private static void sendDifference(
      TransferMessages messages, Zone zone, ZoneDifference difference) throws IOException {
    addSoa(messages, zone.soaRrset());
    addSoa(messages, difference.oldSoa());
    addAll(messages, difference.gone());
    addSoa(messages, zone.soaRrset());
    addAll(messages, difference.added());
    addSoa(messages, zone.soaRrset());
    messages.flush();
  }

  private static void addAll(TransferMessages messages, List<ZoneDifference.Entry> entries)
      throws IOException {
    for (ZoneDifference.Entry entry : entries) {
      messages.addRecord(
          entry.owner(), 0, entry.owner().length, entry.body(), entry.from(), entry.length());
    }
  }
}
