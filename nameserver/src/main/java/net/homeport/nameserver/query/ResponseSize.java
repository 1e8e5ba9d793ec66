package net.homeport.nameserver.query;

/** How large an answer may be, in octets. */
final class ResponseSize {
  /** Over UDP without EDNS (RFC 1035 4.2.1). */
  static final int WITHOUT_EDNS = 512;

  /** The UDP payload that we announce, and never exceed: no fragments (DNS Flag Day 2020). */
  static final int PAYLOAD = 1232;

  /** Over a stream: what the length field can say (RFC 1035 4.2.2). */
  static final int STREAM = 65_535;

  private ResponseSize() {}

  /** Over UDP for an asker who announced this payload; less than 512 means 512 (RFC 6891 6.2.3). */
  static int forPayload(int announced) {
    return Math.clamp(announced, WITHOUT_EDNS, PAYLOAD);
  }
}
