package net.homeport.interop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a reply must be; each failure shows the whole reply. Records are in single-spaced lines. */
public final class ReplyCheck {
  private final Reply reply;

  private ReplyCheck(Reply reply) {
    this.reply = reply;
  }

  /** Checks this reply. */
  public static ReplyCheck check(Reply reply) {
    return new ReplyCheck(reply);
  }

  /** RCODE and flags. */
  public ReplyCheck is(String status, String flags) {
    return status(status).flags(flags);
  }

  /** The RCODE is one of these. */
  public ReplyCheck status(String... statuses) {
    assertThat(reply.status()).as(reply::toString).isIn((Object[]) statuses);
    return this;
  }

  /** The flags are exactly these. */
  public ReplyCheck flags(String flags) {
    assertThat(reply.flags()).as(reply::toString).isEqualTo(flags);
    return this;
  }

  /** The answer section is exactly these records, in any order. */
  public ReplyCheck answer(String... records) {
    assertThat(reply.answer()).as(reply::toString).containsExactlyInAnyOrder(records);
    return this;
  }

  /** The answer section is exactly these records, in this order. */
  public ReplyCheck answerInOrder(String... records) {
    assertThat(reply.answer()).as(reply::toString).containsExactly(records);
    return this;
  }

  /** Number of answer records. */
  public ReplyCheck answers(int count) {
    assertThat(reply.answer()).as(reply::toString).hasSize(count);
    return this;
  }

  /** At most this many answer records. */
  public ReplyCheck answersAtMost(int count) {
    assertThat(reply.answer()).as(reply::toString).hasSizeLessThanOrEqualTo(count);
    return this;
  }

  /** The authority section is exactly these records, in any order. */
  public ReplyCheck authority(String... records) {
    assertThat(reply.authority()).as(reply::toString).containsExactlyInAnyOrder(records);
    return this;
  }

  /** The authority section is exactly one SOA record that begins so. */
  public ReplyCheck soa(String start) {
    assertThat(reply.authority())
        .as(reply::toString)
        .singleElement()
        .asString()
        .startsWith(start + " IN SOA ");
    return this;
  }

  /** A negative answer of this RCODE: AA, no answer, one SOA record that begins so. */
  public ReplyCheck negative(String status, String soaStart) {
    return is(status, "qr aa").answer().soa(soaStart).additional();
  }

  /** The additional section without OPT is exactly these records, in any order. */
  public ReplyCheck additional(String... records) {
    assertThat(reply.additional()).as(reply::toString).containsExactlyInAnyOrder(records);
    return this;
  }

  /** The additional section has at least these records. */
  public ReplyCheck additionalHas(String... records) {
    assertThat(reply.additional()).as(reply::toString).contains(records);
    return this;
  }

  /** A referral: no AA, no answer, exactly these NS records (and DS), in any order. */
  public ReplyCheck referral(String... records) {
    return is("NOERROR", "qr").answer().authority(records);
  }

  /** Whether there is an OPT record, of version 0. */
  public ReplyCheck opt(boolean expected) {
    assertThat(reply.hasOpt()).as(reply::toString).isEqualTo(expected);
    assertThat(reply.version()).as(reply::toString).isEqualTo(expected ? 0 : -1);
    return this;
  }

  /** No option with this code came back. */
  public ReplyCheck noOption(int code) {
    assertThat(reply.option(code)).as(reply::toString).isNull();
    return this;
  }

  /** The extended DNS error codes (RFC 8914) are these. */
  public ReplyCheck extendedErrors(Integer... codes) {
    List<Integer> found =
        reply.options().stream()
            .filter(option -> option.code() == 15)
            .map(option -> Integer.parseInt(option.hex().substring(0, 4), 16))
            .toList();
    assertThat(found).as(reply::toString).containsExactlyInAnyOrder(codes);
    return this;
  }

  /** At most this many octets. */
  public ReplyCheck sizeAtMost(int octets) {
    assertThat(reply.size()).as(reply::toString).isLessThanOrEqualTo(octets);
    return this;
  }

  /** A truncated answer within so many octets (RFC 2181 9). */
  public ReplyCheck truncated(int octets) {
    return is("NOERROR", "qr aa tc").sizeAtMost(octets);
  }

  /** The ID and opcode of the request came back. */
  public ReplyCheck echoes(int id, int opcode) {
    assertThat(reply.id()).as(reply::toString).isEqualTo(id);
    assertThat(reply.opcode()).as(reply::toString).isEqualTo(opcode);
    return this;
  }

  /** The reply. */
  public Reply reply() {
    return reply;
  }
}
