package net.homeport.nameserver.secondary;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
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
 */
record TransferQuery(int id, Name zone, int type, @Nullable SOARecord ours) {

  byte[] message() {
    var message = new Message(id);
    message.addRecord(Record.newRecord(zone, type, DClass.IN), Section.QUESTION);
    if (type == Type.IXFR && ours != null) {
      message.addRecord(ours, Section.AUTHORITY);
    }
    return message.toWire();
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
      throw new TransferException(refusal(header.getRcode()));
    }
    Record question = answer.getQuestion();
    if (question == null ? first : !isOurs(question)) {
      throw new TransferException("its answer is about another question");
    }
    if (type != Type.SOA && header.getFlag(Flags.TC)) {
      throw new TransferException("its answer says of itself that it is cut (TC)");
    }
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
