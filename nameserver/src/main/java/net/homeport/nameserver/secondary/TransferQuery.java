package net.homeport.nameserver.secondary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
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
 * A question to a primary, and whether a message answers it.
 *
 * @param type SOA, IXFR or AXFR
 * @param ours what we have, for IXFR (RFC 1995 section 3)
 * @param isEncrypted whether only lengths tell of what is asked and answered: it asks for padding
 */
record TransferQuery(int id, Name zone, int type, @Nullable SOARecord ours, boolean isEncrypted) {
  private static final int PAYLOAD = 1232;

  /** Queries grow to a multiple of this (RFC 8467 section 4.1). */
  private static final int PADDING_BLOCK = 128;

  byte[] message() {
    var message = new Message(id);
    message.addRecord(Record.newRecord(zone, type, DClass.IN), Section.QUESTION);
    if (type == Type.IXFR && ours != null) {
      message.addRecord(ours, Section.AUTHORITY);
    }
    if (isEncrypted) {
      int length = message.toWire().length + opt(0).toWire(Section.ADDITIONAL).length;
      message.addRecord(opt(Math.floorMod(-length, PADDING_BLOCK)), Section.ADDITIONAL);
    }
    return message.toWire();
  }

  /** Asks for padding (RFC 7830), and lets reasons be told (RFC 9103 section 7.8). */
  private static OPTRecord opt(int padding) {
    var option = new GenericEDNSOption(EDNSOption.Code.PADDING, new byte[padding]);
    return new OPTRecord(PAYLOAD, 0, 0, 0, List.of(option));
  }

  /**
   * Checks that a message answers this question (RFC 5936 section 2.2.1).
   *
   * @param first whether it is the first one, which has the question
   */
  void check(Message answer, boolean first) throws TransferException {
    Header header = answer.getHeader();
    if (header.getID() != id || !header.getFlag(Flags.QR) || header.getOpcode() != Opcode.QUERY) {
      throw new TransferException("it sends something that is no answer to our question");
    }
    if (header.getRcode() != Rcode.NOERROR) {
      throw new TransferException(refusal(header.getRcode()) + explanation(answer));
    }
    Record question = answer.getQuestion();
    if (question == null ? first : !isOurs(question)) {
      throw new TransferException("its answer is about another question");
    }
    if (type != Type.SOA && header.getFlag(Flags.TC)) {
      throw new TransferException("its answer says of itself that it is cut (TC)");
    }
  }

  /** What it says to explain an RCODE (RFC 8914), if anything. */
  private static String explanation(Message answer) {
    OPTRecord opt = answer.getOPT();
    List<EDNSOption> options =
        opt == null ? List.of() : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR);
    for (EDNSOption option : options) {
      if (option instanceof ExtendedErrorCodeOption error && error.getText() != null) {
        // Of another server, for a person's eyes: nothing that a terminal would obey.
        String text = error.getText().replaceAll("\\p{Cntrl}", " ").strip();
        return text.isEmpty()
            ? ""
            : " (it says: " + text.substring(0, Math.min(200, text.length())) + ")";
      }
    }
    return "";
  }

  private boolean isOurs(Record question) {
    return question.getType() == type
        && question.getDClass() == DClass.IN
        && question.getName().equals(zone);
  }

  private String refusal(int rcode) {
    String text = "it answers %s to %s".formatted(Rcode.string(rcode), Type.string(type));
    return switch (rcode) {
      case Rcode.REFUSED -> text + ": let this server, or its key, transfer the zone there";
      case Rcode.NOTAUTH -> text + ": it does not have the zone, or not the key";
      default -> text;
    };
  }
}
