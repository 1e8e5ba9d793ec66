package net.homeport.web.doh;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** How long a cache of HTTP may keep an answer (RFC 8484 section 5.1). */
final class Freshness {

  private Freshness() {}

  /**
   * The {@code Cache-Control} of an answer: the smallest TTL of its records; of a negative one the
   * time that its SOA record gives (RFC 2308 section 5); nothing for what is no lasting answer.
   */
  static String cacheControl(byte[] answer) {
    OptionalLong seconds = seconds(answer);
    return seconds.isPresent() ? "max-age=" + seconds.getAsLong() : "no-store";
  }

  private static OptionalLong seconds(byte[] answer) {
    Message message;
    try {
      message = new Message(answer);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    int rcode = message.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return OptionalLong.empty();
    }
    List<Record> answers = message.getSection(Section.ANSWER);
    List<Record> telling = answers.isEmpty() ? message.getSection(Section.AUTHORITY) : answers;
    OptionalLong smallest = telling.stream().mapToLong(Freshness::seconds).min();
    if (rcode == Rcode.NXDOMAIN && !answers.isEmpty()) {
      // An alias to a name that does not exist lasts no longer than that knowledge.
      OptionalLong absence =
          message.getSection(Section.AUTHORITY).stream().mapToLong(Freshness::seconds).min();
      return absence.isPresent()
          ? OptionalLong.of(Math.min(smallest.orElseThrow(), absence.getAsLong()))
          : absence;
    }
    return smallest;
  }

  private static long seconds(Record record) {
    return record instanceof SOARecord soa
        ? Math.min(soa.getTTL(), soa.getMinimum())
        : record.getTTL();
  }
}
