package net.homeport.nameserver.query;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.homeport.nameserver.notify.IncomingNotify;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tsig.TsigSession;
import net.homeport.nameserver.tsig.TsigVerdict;
import net.homeport.nameserver.tsig.TsigVerifier;
import net.homeport.nameserver.update.RecentUpdates;
import net.homeport.nameserver.update.Sig0Verifier;
import net.homeport.nameserver.update.UpdateMessage;
import net.homeport.nameserver.update.UpdateMessages;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.UpdateLease;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.writer.UpdateDoor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

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
      RequestDoors doors) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.settings = settings;
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
        || TsigVerifier.isSigned(message);
  }

  private static int opcode(byte[] message) {
    return (message[2] >> 3) & 0xF;
  }

  /**
   * Answers a message that is for here; sends nothing if it deserves nothing.
   *
   * @throws IOException of the sink
   */
  public void answer(byte[] request, Asker asker, Reply.Sink sink) throws IOException {
    byte[] answer;
    try {
      answer = answer(request, asker);
    } catch (RuntimeException | StackOverflowError e) {
      failures.record(e);
      answer = FullLane.headerOnly(request, Rcode.SERVFAIL).octets();
    }
    if (answer != null) {
      sink.send(answer);
    }
  }

  private byte @Nullable [] answer(byte[] request, Asker asker) {
    return switch (tsig.verify(request)) {
      case TsigVerdict.Malformed _ -> FullLane.headerOnly(request, Rcode.FORMERR).octets();
      case TsigVerdict.Rejected rejected ->
          // RFC 8945 5.2: NOTAUTH, and the reason in a TSIG record.
          rejected.answer().sign(withQuestion(request, Rcode.NOTAUTH));
      case TsigVerdict.Unsigned _ -> answerUnsigned(request, asker);
      case TsigVerdict.Verified verified -> answerSigned(request, asker, verified.session());
    };
  }

  private byte @Nullable [] answerUnsigned(byte[] request, Asker asker) {
    if (IncomingNotify.isNotify(request)) {
      return notify.answer(request, asker.address(), null);
    }
    if (opcode(request) != Opcode.UPDATE) {
      return fullLane.answer(request, asker);
    }
    return update(request.clone(), request, asker, new Proof.None());
  }

  private byte @Nullable [] answerSigned(byte[] request, Asker asker, TsigSession session) {
    byte[] unsigned = TsigVerifier.withoutSignature(request);
    byte[] answer;
    if (opcode(request) == Opcode.UPDATE) {
      answer = updateOnce(unsigned, asker, session);
    } else if (IncomingNotify.isNotify(unsigned)) {
      answer = notify.answer(unsigned, asker.address(), session.key().name());
    } else {
      FullAnswer full = fullLane.answerFully(unsigned, asker, session.octets());
      answer = full == null ? null : full.octets();
    }
    return answer == null ? null : session.sign(answer);
  }

  private byte @Nullable [] updateOnce(byte[] unsigned, Asker asker, TsigSession session) {
    return switch (recent.note(session.requestMac())) {
      case RecentUpdates.Known.First first -> {
        byte[] answer = FullLane.headerOnly(unsigned, Rcode.SERVFAIL).octets();
        try {
          Proof proof = new Proof.SharedKey(session.key().name());
          answer = update(unsigned.clone(), unsigned, asker, proof);
        } finally {
          first.answer().complete(answer);
        }
        yield answer;
      }
      case RecentUpdates.Known.Again again -> {
        CompletableFuture<byte[]> before = again.answer();
        // What was answered is forgotten: whoever sends it again so late has not lost an answer.
        yield before == null
            ? FullLane.headerOnly(unsigned, Rcode.REFUSED).octets()
            : sameWithId(before.join(), unsigned);
      }
    };
  }

  private static byte[] sameWithId(byte[] answer, byte[] request) {
    byte[] same = answer.clone();
    same[0] = request[0];
    same[1] = request[1];
    return same;
  }

  /**
   * @param request to be read, and changed
   * @param original as it came, for the signature of a public key
   */
  private byte[] update(byte[] request, byte[] original, Asker asker, Proof proof) {
    Requestor.Carrier carrier = carrier(asker);
    Message message;
    try {
      ForeignOptions.hideAllBut(request, OPTION_UPDATE_LEASE);
      message = new Message(request);
    } catch (IOException | IllegalArgumentException _) {
      return FullLane.headerOnly(request, Rcode.FORMERR).octets();
    }
    if (!FullLane.isWhole(message, request)) {
      return FullLane.headerOnly(request, Rcode.FORMERR).octets();
    }
    OPTRecord opt = message.getOPT();
    EdnsExchange edns = opt == null ? null : new EdnsExchange(opt, asker, settings);
    if (edns != null && edns.isOtherVersion()) {
      return finished(message, Rcode.BADVERS, edns, null);
    }
    Proof proven = proof;
    if (proof instanceof Proof.None && Sig0Verifier.isSigned(message)) {
      Name signer = sig0.signer(message, original);
      if (signer == null) {
        return finished(message, Rcode.NOTAUTH, edns, null);
      }
      proven = new Proof.PublicKey(signer);
    }
    UpdateLease lease = opt == null ? null : lease(opt);
    return switch (UpdateMessages.read(message, zones.get(), lease)) {
      case UpdateMessage.Unusable unusable -> finished(message, unusable.rcode(), edns, null);
      case UpdateMessage.Proposal proposal -> {
        var requestor = new Requestor(proven, asker.address(), carrier);
        UpdateDoor.Decision decision = doors.updates().propose(proposal.update(), requestor).join();
        yield finished(message, UpdateMessages.rcode(decision), edns, lease);
      }
    };
  }

  private static Requestor.Carrier carrier(Asker asker) {
    return switch (asker.carrier()) {
      case UDP -> Requestor.Carrier.UDP;
      case TCP -> Requestor.Carrier.TCP;
      case TLS -> Requestor.Carrier.TLS;
      case HTTPS -> throw new IllegalArgumentException("no updates by HTTPS");
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
    FullLane.finished(response, Verdict.of(rcode), edns);
    OPTRecord opt = response.getOPT();
    if (opt != null && lease != null && rcode == Rcode.NOERROR) {
      List<EDNSOption> options = new ArrayList<>(opt.getOptions());
      options.add(new GenericEDNSOption(OPTION_UPDATE_LEASE, granted(lease)));
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

  private static byte[] granted(UpdateLease lease) {
    return ByteBuffer.allocate(8)
        .putInt((int) lease.seconds())
        .putInt((int) lease.keySeconds())
        .array();
  }

  /** The header and the question of a request that was not read further. */
  private static byte[] withQuestion(byte[] request, int rcode) {
    byte[] header = FullLane.headerOnly(request, rcode).octets();
    int end = TsigVerifier.endOfQuestion(request);
    if (end < 0) {
      return header;
    }
    byte[] answer = Arrays.copyOf(request, end);
    System.arraycopy(header, 0, answer, 0, HEADER);
    answer[5] = 1;
    return answer;
  }
}
