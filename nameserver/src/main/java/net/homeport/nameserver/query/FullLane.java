package net.homeport.nameserver.query;

import java.io.IOException;
import java.util.function.Supplier;
import net.homeport.nameserver.socket.FailureLog;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers any message, by the book: from octets to octets. Safe for use by many threads.
 *
 * <p>Silence is the answer to what is not a request: fewer octets than a header, or a response. A
 * failure of ours is SERVFAIL, counted and told in the log.
 */
public final class FullLane {
  private static final Logger LOGGER = LoggerFactory.getLogger(FullLane.class);
  private static final int HEADER = 12;

  private final Supplier<ZoneSnapshot> zones;
  private final NameServerSettings settings;
  private final ServerFacts facts;
  private final FailureLog failures = new FailureLog(LOGGER, "answering");

  /**
   * @param zones the present snapshot, asked once a message
   */
  public FullLane(Supplier<ZoneSnapshot> zones, NameServerSettings settings) {
    this.zones = zones;
    this.settings = settings;
    this.facts = new ServerFacts(settings);
  }

  /**
   * The answer to this message, or null for none.
   *
   * @param request may be changed
   */
  public byte @Nullable [] answer(byte[] request, Asker asker) {
    FullAnswer answer = answerFully(request, asker);
    return answer == null ? null : answer.octets();
  }

  /** As {@link #answer}, with what it takes to judge and to shorten it. */
  @Nullable FullAnswer answerFully(byte[] request, Asker asker) {
    return answerFully(request, asker, 0);
  }

  /**
   * As {@link #answerFully(byte[], Asker)}.
   *
   * @param reserved octets to leave for what is put behind the answer, such as a signature
   */
  @Nullable FullAnswer answerFully(byte[] request, Asker asker, int reserved) {
    if (request.length < HEADER || (request[2] & 0x80) != 0) {
      return null;
    }
    try {
      return answerRequest(request, asker, reserved);
    } catch (RuntimeException | StackOverflowError e) {
      failures.record(e);
      return headerOnly(request, Rcode.SERVFAIL);
    }
  }

  private FullAnswer answerRequest(byte[] request, Asker asker, int reserved) {
    int opcode = (request[2] >> 3) & 0xF;
    Message query;
    try {
      ForeignOptions.hide(request);
      query = new Message(request);
    } catch (IOException | IllegalArgumentException _) {
      return headerOnly(request, opcode == Opcode.QUERY ? Rcode.FORMERR : Rcode.NOTIMP);
    }
    OPTRecord opt = query.getOPT();
    EdnsExchange edns = opt == null ? null : new EdnsExchange(opt, asker, settings);
    if (opcode != Opcode.QUERY) {
      var notSupported = new Verdict(Rcode.NOTIMP, ExtendedErrorCodeOption.NOT_SUPPORTED);
      return edns == null || !isWhole(query, request)
          ? headerOnly(request, Rcode.NOTIMP)
          : encoded(finished(emptyResponse(query), notSupported, edns), ResponseSize.STREAM, edns);
    }
    Header header = query.getHeader();
    if (!isWhole(query, request)
        || header.getCount(Section.ANSWER) != 0
        || (header.getCount(Section.AUTHORITY) != 0 && !isIxfr(query))
        || (opt != null && (!opt.getName().equals(Name.root) || optCount(query) != 1))) {
      return headerOnly(request, Rcode.FORMERR);
    }
    if (header.getCount(Section.QUESTION) == 0 && edns != null && edns.hasCookie()) {
      // RFC 7873 5.4: no question but for a cookie.
      Message response = finished(emptyResponse(query), Verdict.of(Rcode.NOERROR), edns);
      return encoded(response, limit(opt, asker.carrier()) - reserved, edns);
    }
    if (header.getCount(Section.QUESTION) != 1) {
      // RFC 9619: exactly one question.
      return headerOnly(request, Rcode.FORMERR);
    }
    return encoded(response(query, edns, asker), limit(opt, asker.carrier()) - reserved, edns);
  }

  /** Whether all was read; the library lets a message end early if its TC flag is set. */
  static boolean isWhole(Message query, byte[] request) {
    for (int section = Section.QUESTION; section <= Section.ADDITIONAL; section++) {
      int at = 4 + 2 * section;
      int told = (request[at] & 0xFF) << 8 | (request[at + 1] & 0xFF);
      if (query.getSection(section).size() != told) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIxfr(Message query) {
    Record question = query.getQuestion();
    return question != null && question.getType() == Type.IXFR;
  }

  private static long optCount(Message query) {
    return query.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getType() == Type.OPT)
        .count();
  }

  private static int limit(@Nullable OPTRecord opt, Asker.Carrier carrier) {
    if (carrier.isStream()) {
      return ResponseSize.STREAM;
    }
    return opt == null ? ResponseSize.WITHOUT_EDNS : ResponseSize.forPayload(opt.getPayloadSize());
  }

  static Message emptyResponse(Message query) {
    Message response = new Message(query.getHeader().getID());
    Header header = response.getHeader();
    header.setOpcode(query.getHeader().getOpcode());
    header.setFlag(Flags.QR);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    return response;
  }

  static Message finished(Message response, Verdict verdict, @Nullable EdnsExchange edns) {
    response.getHeader().setRcode(verdict.rcode() & 0xF);
    if (edns != null) {
      response.addRecord(edns.answer(verdict), Section.ADDITIONAL);
      edns.pad(response, verdict);
    }
    return response;
  }

  private Message response(Message query, @Nullable EdnsExchange edns, Asker asker) {
    Record question = query.getQuestion();
    Message response = emptyResponse(query);
    response.addRecord(question, Section.QUESTION);
    Verdict verdict =
        edns != null && edns.isOtherVersion()
            ? Verdict.of(Rcode.BADVERS)
            : decide(question, asker, response);
    return finished(response, verdict, edns);
  }

  private Verdict decide(Record question, Asker asker, Message response) {
    int type = question.getType();
    if (question.getDClass() == DClass.CHAOS) {
      return facts.chaos(question, response);
    }
    if (question.getDClass() != DClass.IN) {
      return new Verdict(Rcode.REFUSED, ExtendedErrorCodeOption.NOT_SUPPORTED);
    }
    return switch (type) {
      case Type.AXFR, Type.IXFR -> new Verdict(Rcode.REFUSED, ExtendedErrorCodeOption.PROHIBITED);
      case Type.MAILA, Type.MAILB ->
          new Verdict(Rcode.NOTIMP, ExtendedErrorCodeOption.NOT_SUPPORTED);
      case 0, Type.OPT, Type.TKEY, Type.TSIG -> Verdict.of(Rcode.FORMERR);
      default -> find(question, asker, response);
    };
  }

  private Verdict find(Record question, Asker asker, Message response) {
    ZoneSnapshot snapshot = zones.get();
    Name name = question.getName();
    Zone zone = facts.whoamiZone(name, snapshot);
    if (zone != null) {
      return facts.whoami(question, asker, zone, response);
    }
    var answer = new QueryAnswer(snapshot, response);
    int rcode = answer.find(name, question.getType());
    return switch (rcode) {
      case Rcode.REFUSED -> new Verdict(rcode, ExtendedErrorCodeOption.NOT_AUTHORITATIVE);
      // RFC 8914 4.25: such as a copy of a zone that has expired.
      // 4.15: such as a copy of which nothing has come yet.
      case Rcode.SERVFAIL ->
          new Verdict(
              rcode,
              answer.isNotReady()
                  ? ExtendedErrorCodeOption.NOT_READY
                  : ExtendedErrorCodeOption.INVALID_DATA);
      default -> Verdict.of(rcode);
    };
  }

  private static FullAnswer encoded(Message response, int limit, @Nullable EdnsExchange edns) {
    byte[] wire = response.toWire(ResponseSize.STREAM);
    if (wire.length <= limit && !response.getHeader().getFlag(Flags.TC)) {
      return new FullAnswer(wire, response, edns);
    }
    // RFC 2181 9: a truncated answer is only good for asking again over TCP; say just that.
    response.removeAllRecords(Section.ANSWER);
    response.removeAllRecords(Section.AUTHORITY);
    OPTRecord opt = response.getOPT();
    response.removeAllRecords(Section.ADDITIONAL);
    if (opt != null) {
      response.addRecord(opt, Section.ADDITIONAL);
    }
    response.getHeader().setFlag(Flags.TC);
    return new FullAnswer(response.toWire(limit), response, edns);
  }

  /** An answer to something that cannot be read further: the ID, the opcode and the RCODE. */
  static FullAnswer headerOnly(byte[] request, int rcode) {
    byte[] answer = new byte[HEADER];
    answer[0] = request[0];
    answer[1] = request[1];
    // QR, with the request's opcode and RD.
    answer[2] = (byte) (0x80 | (request[2] & 0x79));
    answer[3] = (byte) rcode;
    return new FullAnswer(answer, null, null);
  }
}
