package net.homeport.nameserver.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** The OPT record of one query, and what the answer's OPT record says to it (RFC 6891). */
final class EdnsExchange {
  private static final int VERSION = 0;

  /** Answers on encrypted carriers grow to a multiple of this (RFC 8467 4.1). */
  private static final int PADDING_BLOCK = 468;

  private static final int OPTION_HEADER = 4;
  private static final long KEEPALIVE_UNIT_MILLIS = 100;

  private final OPTRecord asked;
  private final Asker asker;
  private final AddressBlock from;
  private final NameServerSettings settings;

  EdnsExchange(OPTRecord asked, Asker asker, NameServerSettings settings) {
    this.asked = asked;
    this.asker = asker;
    this.from = AddressBlock.of(asker.address());
    this.settings = settings;
  }

  /** Whether the asker speaks a later version of EDNS than there is. */
  boolean isOtherVersion() {
    return asked.getVersion() > VERSION;
  }

  /** Whether the asker sent a cookie, be it a new one's first half. */
  boolean hasCookie() {
    return cookie() != null;
  }

  /** Whether the asker showed that it receives what is sent to its address. */
  boolean hasValidCookie() {
    CookieOption cookie = cookie();
    byte[] server = cookie == null ? null : cookie.getServerCookie().orElse(null);
    if (cookie == null || server == null || server.length != ServerCookies.SERVER_OCTETS) {
      return false;
    }
    ByteBuffer octets = ByteBuffer.wrap(server);
    return settings
        .cookies()
        .isValid(
            ByteBuffer.wrap(cookie.getClientCookie()).getLong(),
            octets.getLong(),
            octets.getLong(),
            from.high(),
            from.low(),
            seconds());
  }

  private @Nullable CookieOption cookie() {
    return asked.getOptions(EDNSOption.Code.COOKIE).stream()
        .filter(CookieOption.class::isInstance)
        .map(CookieOption.class::cast)
        .findFirst()
        .orElse(null);
  }

  private long seconds() {
    return settings.clock().instant().getEpochSecond();
  }

  /** The OPT record of the answer. */
  OPTRecord answer(Verdict verdict) {
    List<EDNSOption> options = new ArrayList<>();
    CookieOption cookie = cookie();
    if (cookie != null) {
      options.add(new CookieOption(cookie.getClientCookie(), serverCookie(cookie)));
    }
    if (isAsked(EDNSOption.Code.NSID)) {
      settings
          .identity()
          .ifPresent(text -> options.add(new NSIDOption(text.getBytes(StandardCharsets.UTF_8))));
    }
    if (isAsked(EDNSOption.Code.TCP_KEEPALIVE) && isConnection()) {
      long units = settings.streamIdle().toMillis() / KEEPALIVE_UNIT_MILLIS;
      options.add(
          new GenericEDNSOption(
              EDNSOption.Code.TCP_KEEPALIVE, new byte[] {(byte) (units >> 8), (byte) units}));
    }
    if (verdict.isExplained()) {
      options.add(new ExtendedErrorCodeOption(verdict.extendedError()));
    }
    return opt(verdict, options);
  }

  private OPTRecord opt(Verdict verdict, List<EDNSOption> options) {
    // RFC 3225 3: DO is copied; all other flags are 0.
    int flags = asked.getFlags() & ExtendedFlags.DO;
    return new OPTRecord(ResponseSize.PAYLOAD, verdict.rcode() >> 4, VERSION, flags, options);
  }

  private boolean isAsked(int option) {
    return !asked.getOptions(option).isEmpty();
  }

  private boolean isConnection() {
    return asker.carrier() == Asker.Carrier.TCP || asker.carrier() == Asker.Carrier.TLS;
  }

  private byte[] serverCookie(CookieOption cookie) {
    long client = ByteBuffer.wrap(cookie.getClientCookie()).getLong();
    long head = ServerCookies.head(seconds());
    long hash = settings.cookies().hash(client, head, from.high(), from.low());
    return ByteBuffer.allocate(ServerCookies.SERVER_OCTETS).putLong(head).putLong(hash).array();
  }

  /** Makes the answer's length tell less of it (RFC 7830), if the asker wants that and it helps. */
  void pad(Message response, Verdict verdict) {
    OPTRecord opt = response.getOPT();
    if (opt == null || !asker.carrier().isEncrypted() || !isAsked(EDNSOption.Code.PADDING)) {
      return;
    }
    int length = response.toWire(ResponseSize.STREAM).length + OPTION_HEADER;
    int padding = Math.floorMod(-length, PADDING_BLOCK);
    if (length + padding > ResponseSize.STREAM) {
      return;
    }
    List<EDNSOption> options = new ArrayList<>(opt.getOptions());
    options.add(new GenericEDNSOption(EDNSOption.Code.PADDING, new byte[padding]));
    response.removeRecord(opt, Section.ADDITIONAL);
    response.addRecord(opt(verdict, options), Section.ADDITIONAL);
  }
}
