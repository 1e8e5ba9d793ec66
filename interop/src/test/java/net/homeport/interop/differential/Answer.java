package net.homeport.interop.differential;

import java.util.List;
import java.util.Locale;
import net.homeport.interop.wire.Packet;
import net.homeport.interop.wire.Reply;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What an answer says, without what servers are free to choose: the order of records in a section
 * and the letters' case of names. A truncated answer says nothing but that (RFC 2181 9).
 *
 * @param status the RCODE, or {@code SILENCE}
 * @param flags the header's flags
 * @param edns whether there is an OPT record, and its DO flag
 */
record Answer(
    String status,
    String flags,
    String edns,
    List<Fact> answer,
    List<Fact> authority,
    List<Fact> additional,
    int size) {

  /** One record, names in lower case. */
  record Fact(String owner, long ttl, String type, String rdata) implements Comparable<Fact> {
    static Fact of(Record record) {
      // In canonical form names in RDATA are in lower case (RFC 4034 6.2).
      Record canonical =
          Record.newRecord(
              record.getName(),
              record.getType(),
              DClass.IN,
              record.getTTL(),
              record.rdataToWireCanonical());
      return new Fact(
          record.getName().toString().toLowerCase(Locale.ROOT),
          record.getTTL(),
          Type.string(record.getType()),
          Reply.rdata(canonical));
    }

    @Override
    public int compareTo(Fact other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return "%s %d %s %s".formatted(owner, ttl, type, rdata);
    }
  }

  static Answer of(@Nullable Reply reply) {
    if (reply == null) {
      return new Answer("SILENCE", "", "", List.of(), List.of(), List.of(), 0);
    }
    boolean truncated = reply.flags().contains("tc");
    return new Answer(
        reply.status(),
        reply.flags(),
        !reply.hasOpt() ? "none" : (reply.ednsFlags() & Packet.DO) != 0 ? "do" : "edns",
        truncated ? List.of() : facts(reply, Packet.ANSWER),
        truncated ? List.of() : facts(reply, Packet.AUTHORITY),
        truncated ? List.of() : facts(reply, Packet.ADDITIONAL),
        reply.size());
  }

  private static List<Fact> facts(Reply reply, int section) {
    return reply.records(section).stream().map(Fact::of).sorted().toList();
  }

  boolean isTruncated() {
    return flags.contains("tc");
  }

  boolean isAuthoritative() {
    return flags.contains("aa");
  }

  /**
   * Whether this is a referral, perhaps behind aliases: NS records that are not those of an apex.
   */
  boolean hasReferral() {
    return authority.stream().anyMatch(fact -> fact.type().equals("NS"));
  }

  /** Whether both say the same; their sizes may differ. */
  boolean saysAs(Answer other) {
    return status.equals(other.status)
        && flags.equals(other.flags)
        && edns.equals(other.edns)
        && answer.equals(other.answer)
        && authority.equals(other.authority)
        && additional.equals(other.additional);
  }

  /** Whether both say the same outside of the additional section. */
  boolean saysAsButAdditional(Answer other) {
    return status.equals(other.status)
        && flags.equals(other.flags)
        && edns.equals(other.edns)
        && answer.equals(other.answer)
        && authority.equals(other.authority);
  }

  @Override
  public String toString() {
    var text =
        new StringBuilder("%s, flags %s, %s, %d octets%n".formatted(status, flags, edns, size));
    answer.forEach(fact -> text.append("    answer     ").append(fact).append('\n'));
    authority.forEach(fact -> text.append("    authority  ").append(fact).append('\n'));
    additional.forEach(fact -> text.append("    additional ").append(fact).append('\n'));
    return text.toString();
  }
}
