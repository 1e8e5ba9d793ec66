package net.homeport.nameserver.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
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
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads NOTIFY requests and answers them (RFC 1996 section 3): from octets to octets. An answer is
 * never longer than its request, so it is of no use against others. Safe for any thread.
 */
public final class IncomingNotify {
  private static final int HEADER = 12;
  private static final int PAYLOAD = 1232;

  private final NotifyDoor door;

  public IncomingNotify(NotifyDoor door) {
    this.door = door;
  }

  /** Whether this message is a NOTIFY request. */
  public static boolean isNotify(byte[] message) {
    return message.length >= HEADER
        && (message[2] & 0x80) == 0
        && ((message[2] >> 3) & 0xF) == Opcode.NOTIFY;
  }

  /**
   * The answer to a NOTIFY request; unsigned.
   *
   * @param request without its signature
   * @param from where it came from
   * @param key what signed it, verified; null if nothing did
   */
  public byte[] answer(byte[] request, InetAddress from, @Nullable Name key) {
    Message message;
    try {
      message = new Message(request);
    } catch (IOException | IllegalArgumentException _) {
      return headerOnly(request);
    }
    List<Record> questions = message.getSection(Section.QUESTION);
    if (questions.size() != 1
        || message.getHeader().getCount(Section.QUESTION) != 1
        || message.getHeader().getFlag(Flags.TC)) {
      return headerOnly(request);
    }
    Record question = questions.getFirst();
    OPTRecord opt = message.getOPT();
    if (opt != null && opt.getVersion() > 0) {
      return response(message, question, Rcode.BADVERS, opt);
    }
    return response(message, question, rcode(message, question, from, key), opt);
  }

  private int rcode(Message message, Record question, InetAddress from, @Nullable Name key) {
    if (question.getType() != Type.SOA || question.getDClass() != DClass.IN) {
      return Rcode.NOTIMP;
    }
    Name zone = question.getName();
    Long serial = null;
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record instanceof SOARecord soa && soa.getName().equals(zone)) {
        serial = soa.getSerial();
      }
    }
    return switch (door.notified(zone, from, key, serial)) {
      case HEARD -> Rcode.NOERROR;
      case NOT_FROM_THERE -> Rcode.REFUSED;
      // As to any other request about a zone that is not ours: nothing will come of repeating it.
      case NO_SUCH_ZONE -> Rcode.NOTAUTH;
    };
  }

  private static byte[] response(
      Message request, Record question, int rcode, @Nullable OPTRecord opt) {
    var response = new Message(request.getHeader().getID());
    Header header = response.getHeader();
    header.setOpcode(Opcode.NOTIFY);
    header.setFlag(Flags.QR);
    header.setRcode(rcode & 0xF);
    if (rcode == Rcode.NOERROR) {
      header.setFlag(Flags.AA);
    }
    response.addRecord(question, Section.QUESTION);
    if (opt != null) {
      response.addRecord(new OPTRecord(PAYLOAD, rcode >> 4, 0), Section.ADDITIONAL);
    }
    return response.toWire();
  }

  /** FORMERR, to something that cannot be read. */
  private static byte[] headerOnly(byte[] request) {
    byte[] answer = new byte[HEADER];
    answer[0] = request[0];
    answer[1] = request[1];
    answer[2] = (byte) (0x80 | Opcode.NOTIFY << 3);
    answer[3] = Rcode.FORMERR;
    return answer;
  }
}
