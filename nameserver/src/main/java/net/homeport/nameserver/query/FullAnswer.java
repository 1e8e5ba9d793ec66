package net.homeport.nameserver.query;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** What the full lane answers. */
final class FullAnswer {
  private final byte[] octets;
  private final @Nullable Message response;
  private final @Nullable EdnsExchange edns;

  /**
   * @param octets the message
   * @param response the same before it was encoded; null if it is no more than a header
   * @param edns what the asker said by EDNS, if it did
   */
  FullAnswer(byte[] octets, @Nullable Message response, @Nullable EdnsExchange edns) {
    this.octets = octets;
    this.response = response;
    this.edns = edns;
  }

  /** The message. Not to be changed. */
  byte[] octets() {
    return octets;
  }

  /** Whether the asker showed that it receives what is sent to its address. */
  boolean isKnownAsker() {
    return edns != null && edns.hasValidCookie();
  }

  /**
   * The answer to an asker who has had too many: a fresh cookie to ask again with (RFC 7873 5.2.3),
   * or else the word to ask by TCP.
   */
  byte[] shortened() {
    if (response == null) {
      return octets;
    }
    Message shortened = response.clone();
    Header header = shortened.getHeader();
    header.unsetFlag(Flags.AA);
    for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
      shortened.removeAllRecords(section);
    }
    if (edns != null && edns.hasCookie()) {
      header.setRcode(Rcode.BADCOOKIE & 0xF);
      shortened.addRecord(edns.answer(Verdict.of(Rcode.BADCOOKIE)), Section.ADDITIONAL);
    } else {
      header.setFlag(Flags.TC);
      OPTRecord opt = response.getOPT();
      if (opt != null) {
        shortened.addRecord(opt, Section.ADDITIONAL);
      }
    }
    return shortened.toWire(ResponseSize.STREAM);
  }
}
