package net.homeport.nameserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.query.Asker.Carrier;
import net.homeport.testkit.DnsQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Type;

/** What each EDNS option of a query brings in the answer. */
final class CookiesAndOptionsTest {
  private static final String CLIENT = "0102030405060708";
  private static final DnsQuery WWW = DnsQuery.of("www.conf.test.", Type.A);

  private final FullLane lane = new FullLane(() -> ConfZone.SNAPSHOT, Askers.SETTINGS);

  private static byte[] option(int code, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    return ByteBuffer.allocate(4 + data.length)
        .putShort((short) code)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  private Said ask(DnsQuery query, Carrier carrier) {
    return Said.of(lane.answer(query.octets(), Askers.by(carrier)));
  }

  private Said ask(Carrier carrier, byte[]... options) {
    byte[] all =
        options.length == 1
            ? options[0]
            : ByteBuffer.allocate(options[0].length + options[1].length)
                .put(options[0])
                .put(options[1])
                .array();
    return ask(WWW.opt(1232, 0, 0, 0, all), carrier);
  }

  /** Such as {@code 10:0102 3:6e73}. */
  private static String options(Said said) {
    List<EDNSOption> options = Objects.requireNonNull(said.opt()).getOptions();
    return String.join(
        " ",
        options.stream()
            .map(option -> {
              byte[] wire = option.toWire();
              return option.getCode()
                  + ":"
                  + HexFormat.of().formatHex(Arrays.copyOfRange(wire, 4, wire.length));
            })
            .toList());
  }

  private static String cookie() {
    long head = ServerCookies.head(Askers.NOW.getEpochSecond());
    long hash = Askers.COOKIES.hash(HexFormat.fromHexDigitsToLong(CLIENT), head, 0, Askers.LOW);
    return CLIENT + "%016x%016x".formatted(head, hash);
  }

  @ParameterizedTest
  @EnumSource
  void aClientCookieGetsAServerCookie(Carrier carrier) {
    // RFC 7873 5.2.3
    Said said = ask(carrier, option(10, CLIENT));
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.answer()).hasSize(1);
    assertThat(options(said)).isEqualTo("10:" + cookie());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void awrongServerCookieGetsAFreshOne(int octets) {
    // RFC 7873 5.2.4
    Said said = ask(Carrier.UDP, option(10, CLIENT + "aa".repeat(octets)));
    assertThat(said.answer()).hasSize(1);
    assertThat(options(said)).isEqualTo("10:" + cookie());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 9, 15, 41})
  void aCookieOfAnotherLengthIsFormerr(int octets) {
    // RFC 7873 5.2.2
    assertThat(ask(Carrier.UDP, option(10, "aa".repeat(octets))).rcode()).isEqualTo("FORMERR");
  }

  @Test
  void aCookieWithoutAQuestionIsAnswered() {
    // RFC 7873 5.4
    byte[] whole = WWW.opt(1232, 0, 0, 0, option(10, CLIENT)).counts(0, 0, 0, 1).octets();
    int question = WWW.question().length;
    byte[] query = new byte[whole.length - question];
    System.arraycopy(whole, 0, query, 0, 12);
    System.arraycopy(whole, 12 + question, query, 12, query.length - 12);
    Said said = Said.of(lane.answer(query, Askers.UDP));
    assertThat(said.rcode()).isEqualTo("NOERROR");
    assertThat(said.flags()).isEqualTo("qr");
    assertThat(options(said)).isEqualTo("10:" + cookie());
  }

  @Test
  void whoAsksForTheServersIdentityIsToldIt() {
    // RFC 5001
    assertThat(options(ask(Carrier.UDP, option(3, ""))))
        .isEqualTo(
            "3:"
                + HexFormat.of()
                    .formatHex("ns1.example".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void keepaliveIsForConnections() {
    // RFC 7828 3.3.2: 100 units of 100 ms
    assertThat(options(ask(Carrier.TCP, option(11, "")))).isEqualTo("11:0064");
    assertThat(options(ask(Carrier.TLS, option(11, "")))).isEqualTo("11:0064");
    assertThat(options(ask(Carrier.UDP, option(11, "")))).isEmpty();
    assertThat(options(ask(Carrier.HTTPS, option(11, "")))).isEmpty();
  }

  @Test
  void paddingIsForThoseWhoAskAndOnEncryptedCarriers() {
    // RFC 8467 4.1
    for (Carrier carrier : List.of(Carrier.TLS, Carrier.HTTPS)) {
      Said said = ask(carrier, option(12, "0000"), option(10, CLIENT));
      assertThat(said.octets()).hasSize(468);
      assertThat(options(said)).startsWith("10:" + cookie() + " 12:00");
      assertThat(options(ask(carrier, option(10, CLIENT)))).doesNotContain("12:");
      Said large =
          ask(DnsQuery.of("big.conf.test.", Type.TXT).opt(1232, 0, 0, 0, option(12, "")), carrier);
      assertThat(large.octets().length % 468).isZero();
      assertThat(large.octets().length).isGreaterThan(468);
    }
    assertThat(options(ask(Carrier.UDP, option(12, "0000")))).isEmpty();
    assertThat(options(ask(Carrier.TCP, option(12, "0000")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00011800c00002", "00000000", "00631800c00002", "", "00"})
  void clientSubnetIsIgnoredWhateverItSays(String subnet) {
    // RFC 7871 7.2.1; RFC 6891 6.1.2
    Said said = ask(Carrier.UDP, option(8, subnet), option(10, CLIENT));
    assertThat(said.answer()).hasSize(1);
    assertThat(options(said)).isEqualTo("10:" + cookie());
  }

  @Test
  void theDnssecFlagIsCopiedAndNoOther() {
    // RFC 3225 3
    Said said = ask(WWW.opt(1232, 0, 0, 0xFFFF), Carrier.UDP);
    assertThat(Objects.requireNonNull(said.opt()).getFlags()).isEqualTo(0x8000);
    Said without = ask(WWW.opt(1232, 0, 0, 0x7FFF), Carrier.UDP);
    assertThat(Objects.requireNonNull(without.opt()).getFlags()).isZero();
  }

  @Test
  void anOpcodeThatIsNotSupportedSaysSoByEdns() {
    // RFC 8914 4.22
    Said said = ask(WWW.flags(0x1000).edns(1232), Carrier.UDP);
    assertThat(said.rcode()).isEqualTo("NOTIMP");
    assertThat(options(said)).isEqualTo("15:0015");
    assertThat(ask(WWW.flags(0x1000), Carrier.UDP).octets()).hasSize(12);
  }
}
