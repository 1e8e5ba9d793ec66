package net.homeport.nameserver.query;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.nameserver.notify.IncomingNotify;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tsig.TsigException;
import net.homeport.nameserver.tsig.TsigSession;
import net.homeport.nameserver.tsig.TsigVerdict;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.nameserver.update.RecentUpdates;
import net.homeport.nameserver.update.Sig0Verdict;
import net.homeport.nameserver.update.Sig0Verifier;
import net.homeport.nameserver.update.UpdateMessage;
import net.homeport.nameserver.update.UpdateMessages;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.UpdateLease;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers what is more than a question of anybody's: signed queries, and updates. The signature is
 * verified here, once, before anything else is done; the answer is signed as its request was.
 *
 * <p>Safe for any thread. May wait, as an update does for the disk; so never on a thread for which
 * queries wait.
 */
public final class Requests {
  private static final Logger LOGGER = LoggerFactory.getLogger(Requests.class);
  private static final int HEADER = 12;
  private static final int OPTION_HEADER = 4;
  private static final int OPTION_UPDATE_LEASE = 2;

  private final Supplier<ZoneSnapshot> zones;
  private final FullLane fullLane;
  private final NameServerSettings settings;
  private final DatagramTransfers transfers;
  private final RequestDoors doors;
  private final TsigVerifier tsig;
  private final Sig0Verifier sig0;
  private final IncomingNotify notify;
  private final RecentUpdates recent;
  private final FailureLog failures = new FailureLog(LOGGER, "answering requests");

  public Requests(
      Supplier<ZoneSnapshot> zones,
      FullLane fullLane,
      NameServerSettings settings,
      DatagramTransfers transfers,
      RequestDoors doors) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.settings = settings;
    this.transfers = transfers;
    this.doors = doors;
    this.tsig = new TsigVerifier(doors.tsigKeys(), settings.clock());
    this.sig0 = new Sig0Verifier(doors.sig0Keys(), settings.clock());
    this.notify = new IncomingNotify(doors.notifies());
    this.recent = new RecentUpdates(settings.clock());
  }

  /** Whether this message is for here, rather than for the lanes. */
  public boolean concern(byte[] message) {
    if (message.length < HEADER || (message[2] & 0x80) != 0) {
      return false;
    }
    return opcode(message) == Opcode.UPDATE
        || opcode(message) == Opcode.NOTIFY
        || asksForDifference(message)
        || TsigVerifier.isSigned(message);
  }

  /**
   * Whether its question is of type IXFR; it has an authority section, which no other query has.
   */
  private static boolean asksForDifference(byte[] message) {
    return opcode(message) == Opcode.QUERY
        && (message[8] | message[9]) != 0
        && TsigVerifier.questionType(message) == Type.IXFR;
  }

  private static int opcode(byte[] message) {
    return (message[2] >> 3) & 0xF;
  }

  /** An answer, and whether its request proved who sent it. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Answer(byte[] octets, boolean isProven) {}

  /**
   * Answers a message that is for here; sends nothing if it deserves nothing.
   *
   * @throws IOException of the sink
   */
  public void answer(byte[] request, Asker asker, Reply.Sink sink) throws IOException {
    byte[] octets = answered(request, asker);
    if (octets != null) {
      sink.send(octets);
    }
  }

  /** The answer to a message that is for here, or null for none. */
  public byte @Nullable [] answered(byte[] request, Asker asker) {
    Answer answer = answer(request, asker);
    return answer == null ? null : answer.octets();
  }

  /** As {@link #answered}, with what it takes to judge it. */
  @Nullable Answer answer(byte[] request, Asker asker) {
    try {
      byte[] difference =
          asker.carrier() == Asker.Carrier.UDP && asksForDifference(request)
              ? transfers.answer(request, asker.address())
              : null;
      return difference == null ? verified(request, asker) : new Answer(difference, false);
    } catch (RuntimeException | StackOverflowError e) {
      failures.record(e);
      return new Answer(FullLane.headerOnly(request, Rcode.SERVFAIL).octets(), false);
    }
  }

  private @Nullable Answer verified(byte[] request, Asker asker) {
    return switch (tsig.verify(request)) {
      case TsigVerdict.Malformed _ ->
          new Answer(FullLane.headerOnly(request, Rcode.FORMERR).octets(), false);
      case TsigVerdict.Rejected rejected -> {
        tell(rejected);
        byte[] answer = saying(TsigVerifier.withoutSignature(request), asker, Rcode.NOTAUTH);
        // RFC 8945 5.2: NOTAUTH, and the reason in a TSIG record.
        yield new Answer(rejected.answer().sign(answer), false);
      }
      case TsigVerdict.Unsigned _ -> unsigned(request, asker);
      case TsigVerdict.Verified verified -> signed(request, asker, verified.session());
    };
  }

  /** Whoever has a key of ours and cannot use it needs help; anybody may claim to have one. */
  private void tell(TsigVerdict.Rejected rejected) {
    String key = rejected.answer().claimedKey().toString(true);
    switch (rejected.error()) {
      case BADTIME ->
          failures.record(
              new TsigException(
                  "requests signed by %s are rejected as BADTIME; compare the clocks"
                      .formatted(key)));
      case BADSIG ->
          failures.record(
              new TsigException(
                  "requests that claim to be signed by %s are rejected as BADSIG; compare the secrets"
                      .formatted(key)));
      case BADTRUNC ->
          failures.record(
              new TsigException(
                  "requests signed by %s are rejected as BADTRUNC; let it send whole MACs"
                      .formatted(key)));
      case BADKEY, NONE -> {}
    }
  }

  private @Nullable Answer unsigned(byte[] request, Asker asker) {
    byte[] answer;
    if (IncomingNotify.isNotify(request)) {
      answer = notify.answer(request, asker.address(), null);
    } else if (opcode(request) == Opcode.UPDATE) {
      return update(request.clone(), request, asker, null);
    } else {
      answer = fullLane.answer(request, asker);
    }
    return answer == null ? null : new Answer(answer, false);
  }

  private @Nullable Answer signed(byte[] request, Asker asker, TsigSession session) {
    byte[] unsigned = TsigVerifier.withoutSignature(request);
    byte[] answer;
    if (opcode(request) == Opcode.UPDATE) {
      answer = update(unsigned.clone(), unsigned, asker, session).octets();
    } else if (IncomingNotify.isNotify(unsigned)) {
      answer = notify.answer(unsigned, asker.address(), session.key().name());
    } else {
      FullAnswer full = fullLane.answerFully(unsigned, asker, session.octets());
      answer = full == null ? null : full.octets();
    }
    return answer == null ? null : new Answer(session.sign(answer), true);
  }

  /**
   * @param request to be read, and changed
   * @param original as it came, for the signature of a public key
   * @param session what it was signed with, or null
   */
  private Answer update(
      byte[] request, byte[] original, Asker asker, @Nullable TsigSession session) {
    Message message;
    try {
      ForeignOptions.hideAllBut(request, OPTION_UPDATE_LEASE);
      message = new Message(request);
    } catch (IOException | IllegalArgumentException _) {
      return new Answer(FullLane.headerOnly(request, Rcode.FORMERR).octets(), false);
    }
    if (!FullLane.isWhole(message, request)) {
      return new Answer(FullLane.headerOnly(request, Rcode.FORMERR).octets(), false);
    }
    OPTRecord opt = message.getOPT();
    EdnsExchange edns = opt == null ? null : new EdnsExchange(opt, asker, settings);
    UpdateLease lease = opt == null ? null : lease(opt);
    Requestor.Carrier carrier = carrier(asker);
    if (carrier == null) {
      return new Answer(finished(message, Rcode.NOTIMP, edns, null), session != null);
    }
    if (edns != null && edns.isOtherVersion()) {
      return new Answer(finished(message, Rcode.BADVERS, edns, null), session != null);
    }
    Proof proof = new Proof.None();
    byte[] identity = null;
    if (session != null) {
      proof = new Proof.SharedKey(session.key().name());
      identity = session.requestMac();
    } else if (Sig0Verifier.isSigned(message)) {
      switch (sig0.verify(message, original)) {
        case Sig0Verdict.Verified verified -> {
          proof = new Proof.PublicKey(verified.signer());
          identity = verified.identity();
        }
        case Sig0Verdict.Rejected _ -> {
          return new Answer(finished(message, Rcode.NOTAUTH, edns, null), false);
        }
        case Sig0Verdict.Busy _ -> {
          return new Answer(finished(message, Rcode.SERVFAIL, edns, null), false);
        }
      }
    }
    var requestor = new Requestor(proof, asker.address(), carrier);
    int rcode =
        identity == null
            ? perform(message, lease, requestor)
            : performOnce(identity, message, lease, requestor);
    return new Answer(finished(message, rcode, edns, lease), identity != null);
  }

  /** What became of this update, or of the first time that it came. */
  private int performOnce(
      byte[] identity, Message message, @Nullable UpdateLease lease, Requestor requestor) {
    return switch (recent.note(identity)) {
      case RecentUpdates.Known.Again again -> again.rcode().join();
      case RecentUpdates.Known.First _ -> {
        int rcode = Rcode.SERVFAIL;
        try {
          rcode = perform(message, lease, requestor);
        } finally {
          recent.done(identity, rcode);
        }
        yield rcode;
      }
    };
  }

  private int perform(Message message, @Nullable UpdateLease lease, Requestor requestor) {
    return switch (UpdateMessages.read(message, zones.get(), lease)) {
      case UpdateMessage.Unusable unusable -> unusable.rcode();
      case UpdateMessage.Proposal proposal ->
          UpdateMessages.rcode(doors.updates().propose(proposal.update(), requestor).join());
    };
  }

  /** Null for a carrier of queries only. */
  private static Requestor.@Nullable Carrier carrier(Asker asker) {
    return switch (asker.carrier()) {
      case UDP -> Requestor.Carrier.UDP;
      case TCP -> Requestor.Carrier.TCP;
      case TLS -> Requestor.Carrier.TLS;
      case HTTPS -> null;
    };
  }

  /** RFC 9664 section 4: one number for all records, or a second one for those of type KEY. */
  private static @Nullable UpdateLease lease(OPTRecord opt) {
    for (EDNSOption option : opt.getOptions(OPTION_UPDATE_LEASE)) {
      byte[] octets = option.toWire();
      byte[] data = Arrays.copyOfRange(octets, OPTION_HEADER, octets.length);
      if (data.length == 4 || data.length == 8) {
        long seconds = u32(data, 0);
        return new UpdateLease(seconds, data.length == 8 ? u32(data, 4) : seconds);
      }
    }
    return null;
  }

  private static long u32(byte[] octets, int at) {
    long number = 0;
    for (byte octet : Arrays.copyOfRange(octets, at, at + 4)) {
      number = number << 8 | (octet & 0xFF);
    }
    return number;
  }

  /** RFC 2136 3.8: the zone section, and what became of it. */
  private static byte[] finished(
      Message request, int rcode, @Nullable EdnsExchange edns, @Nullable UpdateLease lease) {
    Message response = FullLane.emptyResponse(request);
    for (Record zone : request.getSection(Section.ZONE)) {
      response.addRecord(zone, Section.ZONE);
    }
    // RFC 8914 4.19: the requestor is known, or nobody, and may not.
    var verdict =
        rcode == Rcode.REFUSED
            ? new Verdict(rcode, ExtendedErrorCodeOption.PROHIBITED)
            : Verdict.of(rcode);
    FullLane.finished(response, verdict, edns);
    OPTRecord opt = response.getOPT();
    if (opt != null && lease != null && rcode == Rcode.NOERROR) {
      List<EDNSOption> options = new ArrayList<>(opt.getOptions());
      options.add(new GenericEDNSOption(OPTION_UPDATE_LEASE, granted(lease, request)));
      response.removeRecord(opt, Section.ADDITIONAL);
      response.addRecord(
          new OPTRecord(
              opt.getPayloadSize(),
              opt.getExtendedRcode(),
              opt.getVersion(),
              opt.getFlags(),
              options),
          Section.ADDITIONAL);
    }
    return response.toWire(ResponseSize.STREAM);
  }

  /**
   * In the form in which it was asked for: with a number of its own for KEY records, or without.
   */
  private static byte[] granted(UpdateLease lease, Message request) {
    OPTRecord asked = request.getOPT();
    int octets =
        asked == null
            ? 2 * Integer.BYTES
            : asked.getOptions(OPTION_UPDATE_LEASE).getFirst().toWire().length - OPTION_HEADER;
    byte[] both =
        ByteBuffer.allocate(2 * Integer.BYTES)
            .putInt((int) lease.seconds())
            .putInt((int) lease.keySeconds())
            .array();
    return octets == Integer.BYTES ? Arrays.copyOf(both, Integer.BYTES) : both;
  }

  /** An RCODE and no more, with the question and an OPT record if the request has one. */
  private byte[] saying(byte[] request, Asker asker, int rcode) {
    try {
      byte[] read = request.clone();
      ForeignOptions.hide(read);
      var message = new Message(read);
      OPTRecord opt = message.getOPT();
      EdnsExchange edns = opt == null ? null : new EdnsExchange(opt, asker, settings);
      return finished(message, rcode, edns, null);
    } catch (IOException | IllegalArgumentException _) {
      return FullLane.headerOnly(request, rcode).octets();
    }
  }
}
