package net.homeport.nameserver.query;

import java.io.IOException;
import java.util.function.Supplier;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
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
 * <p>Silence is the answer to what is not a request: fewer octets than a header, or a response.
 */
public final class FullLane {
  private static final int HEADER = 12;
  private static final int EDNS_VERSION = 0;

  private final Supplier<ZoneSnapshot> zones;

  /**
   * @param zones the present snapshot, asked once a message
   */
  public FullLane(Supplier<ZoneSnapshot> zones) {
    this.zones = zones;
  }

  /** The answer to this message, or null for none. */
  public byte @Nullable [] answer(byte[] request, Asker asker) {
    if (request.length < HEADER || (request[2] & 0x80) != 0) {
      return null;
    }
    int opcode = (request[2] >> 3) & 0xF;
    if (opcode != Opcode.QUERY) {
      return headerOnly(request, Rcode.NOTIMP);
    }
    Message query;
    try {
      query = new Message(request);
    } catch (IOException | IllegalArgumentException _) {
      return headerOnly(request, Rcode.FORMERR);
    }
    Header header = query.getHeader();
    if (!isWhole(query, request)
        || header.getCount(Section.QUESTION) != 1
        || header.getCount(Section.ANSWER) != 0
        || (header.getCount(Section.AUTHORITY) != 0 && !isIxfr(query))) {
      // RFC 9619: exactly one question.
      return headerOnly(request, Rcode.FORMERR);
    }
    OPTRecord opt = query.getOPT();
    if (opt != null && (!opt.getName().equals(Name.root) || optCount(query) != 1)) {
      return headerOnly(request, Rcode.FORMERR);
    }
    return encoded(response(query, opt), limit(opt, asker.carrier()));
  }

  /** Whether all was read; the library lets a message end early if its TC flag is set. */
  private static boolean isWhole(Message query, byte[] request) {
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

  private Message response(Message query, @Nullable OPTRecord opt) {
    Record question = query.getQuestion();
    Message response = new Message(query.getHeader().getID());
    Header header = response.getHeader();
    header.setOpcode(Opcode.QUERY);
    header.setFlag(Flags.QR);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    response.addRecord(question, Section.QUESTION);
    int rcode =
        opt != null && opt.getVersion() > EDNS_VERSION ? Rcode.BADVERS : decide(question, response);
    header.setRcode(rcode & 0xF);
    if (opt != null) {
      response.addRecord(
          new OPTRecord(ResponseSize.PAYLOAD, rcode >> 4, EDNS_VERSION), Section.ADDITIONAL);
    }
    return response;
  }

  private int decide(Record question, Message response) {
    int type = question.getType();
    if (question.getDClass() != DClass.IN) {
      return Rcode.REFUSED;
    }
    return switch (type) {
      case Type.AXFR, Type.IXFR -> Rcode.REFUSED;
      case Type.MAILA, Type.MAILB -> Rcode.NOTIMP;
      case 0, Type.OPT, Type.TKEY, Type.TSIG -> Rcode.FORMERR;
      default -> new QueryAnswer(zones.get(), response).find(question.getName(), type);
    };
  }

  private static byte[] encoded(Message response, int limit) {
    byte[] wire = response.toWire(ResponseSize.STREAM);
    if (wire.length <= limit && !response.getHeader().getFlag(Flags.TC)) {
      return wire;
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
    return response.toWire(limit);
  }

  /** An answer to something that cannot be read further: the ID, the opcode and the RCODE. */
  private static byte[] headerOnly(byte[] request, int rcode) {
    byte[] answer = new byte[HEADER];
    answer[0] = request[0];
    answer[1] = request[1];
    // QR, with the request's opcode and RD.
    answer[2] = (byte) (0x80 | (request[2] & 0x79));
    answer[3] = (byte) rcode;
    return answer;
  }
}
