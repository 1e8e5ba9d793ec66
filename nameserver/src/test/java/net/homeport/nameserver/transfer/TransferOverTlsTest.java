package net.homeport.nameserver.transfer;

import static net.homeport.testkit.DnsText.name;
import static net.homeport.testkit.DnsText.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import net.homeport.nameserver.certificate.CertificateFiles;
import net.homeport.nameserver.certificate.ServerCertificate;
import net.homeport.nameserver.certificate.TestCertificates;
import net.homeport.nameserver.secondary.Primary;
import net.homeport.nameserver.secondary.Primary.Security.Tls;
import net.homeport.nameserver.secondary.TransferClient;
import net.homeport.nameserver.secondary.TransferException;
import net.homeport.nameserver.secondary.TransferResult;
import net.homeport.nameserver.tls.AnyCertificate;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.UpdateOperation.AddRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Zones within TLS (RFC 9103), from both sides. */
@Timeout(120)
final class TransferOverTlsTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int BLOCK = 468;
  private static final TransferRules OVER_TLS_ONLY =
      (_, requestor) -> requestor.carrier() == Requestor.Carrier.TLS;

  private final TransferClient client =
      new TransferClient(ZoneSnapshot.empty(1)::newZone, InstantSource.system(), new Random(5));

  @TempDir private Path folder = Path.of("");
  private PrimaryZone zone;
  private CertificateFiles files;
  private ServerCertificate certificate;
  private SSLContext context;
  private InetSocketAddress server;

  @SuppressWarnings("NullAway.Init") // all: before each test
  TransferOverTlsTest() {}

  @BeforeEach
  void serve() throws Exception {
    zone = new PrimaryZone(OVER_TLS_ONLY, "$GENERATE 1-2000 h-$ 60 TXT number-$");
    files = TestCertificates.write(folder, Instant.now());
    certificate = files.read();
    context = certificate.context(new SecureRandom());
    server = zone.serveWithin(context);
  }

  @AfterEach
  void close() {
    zone.close();
  }

  private static Tls tls(
      @Nullable String name, @Nullable String pin, @Nullable String authorities) {
    return new Tls(name, pin, authorities);
  }

  private TransferResult fetched(
      InetSocketAddress address, Primary.Security security, @Nullable Zone present)
      throws TransferException {
    return client.fetch(PrimaryZone.APEX, new Primary(address, security), null, present, false);
  }

  private Zone fetched(Primary.Security security) throws TransferException {
    return ((TransferResult.Whole) fetched(server, security, null)).content();
  }

  private String authorities() throws IOException {
    return Files.readString(files.certificate());
  }

  private Zone present() {
    return Objects.requireNonNull(zone.writer().snapshot().zone(PrimaryZone.APEX));
  }

  /** Any, a pin, authorities for the address, authorities for a name, and a pin for a name. */
  @Test
  void aPrimaryThatIsWhoItMustBeGivesTheZone() throws Exception {
    int names = present().nameCount();
    assertThat(fetched(tls(null, null, null)).nameCount()).isEqualTo(names);
    assertThat(fetched(tls(null, certificate.pin(), null)).nameCount()).isEqualTo(names);
    assertThat(fetched(tls(null, null, authorities())).nameCount()).isEqualTo(names);
    assertThat(fetched(tls("localhost", null, authorities())).nameCount()).isEqualTo(names);
    assertThat(fetched(tls("localhost", certificate.pin(), null)).nameCount()).isEqualTo(names);
    assertThat(fetched(tls("localhost", certificate.pin(), authorities())).nameCount())
        .isEqualTo(names);
  }

  @Test
  void whatChangedComesByDifference() throws Exception {
    Zone before = fetched(tls(null, certificate.pin(), null));
    zone.update(new AddRecord(record("new.dyn.test. 60 A 192.0.2.9")));
    TransferResult result = fetched(server, tls(null, certificate.pin(), null), before);
    assertThat(result).isInstanceOf(TransferResult.Differences.class);
    FinishedTransfer last = finished(2);
    assertThat(last.kind()).isEqualTo(FinishedTransfer.Kind.IXFR);
    assertThat(last.requestor().carrier()).isEqualTo(Requestor.Carrier.TLS);
  }

  /** The last of as many transfers; that one has ended is told after its last octet was sent. */
  private FinishedTransfer finished(int count) throws InterruptedException {
    while (zone.finished().size() < count) {
      Thread.sleep(5);
    }
    return zone.finished().getLast();
  }

  private void refused(Primary.Security security, String... words) {
    refused(server, security, words);
  }

  private void refused(InetSocketAddress address, Primary.Security security, String... words) {
    assertThatThrownBy(() -> fetched(address, security, null))
        .isInstanceOf(TransferException.class)
        .message()
        .contains(words);
  }

  @Test
  void aPrimaryThatIsNotWhoItMustBeIsNotAskedForTheZone() throws Exception {
    String otherPin = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    Path elsewhere = Files.createDirectory(folder.resolve("other"));
    String other = Files.readString(TestCertificates.write(elsewhere, Instant.now()).certificate());
    refused(tls(null, otherPin, null), "has the pin " + certificate.pin(), "not " + otherPin);
    refused(tls("localhost", otherPin, authorities()), "has the pin " + certificate.pin());
    refused(tls("ns1.example", null, authorities()), "it must be for ns1.example", "No subject");
    refused(tls("ns1.example", certificate.pin(), null), "it must be for ns1.example");
    refused(tls("localhost", null, other), "by the authorities given", "is not taken");
    refused(tls(null, null, other), "it must be for the address", "is not taken");
    refused(tls("localhost", null, null), "an authority that the system trusts");
    assertThat(zone.finished()).isEmpty();
  }

  @Test
  void aCertificateThatHasEndedIsNotTaken() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("ended"));
    CertificateFiles ended = TestCertificates.write(elsewhere, Instant.EPOCH);
    InetSocketAddress address = zone.serveWithin(ended.read().context(new SecureRandom()));
    // A pin is of a key, and says nothing of a time (RFC 7858 appendix A).
    String pin = ended.read().pin();
    assertThat(fetched(address, tls(null, pin, null), null)).isNotNull();
    assertThat(ended.read().notAfter()).isBefore(Instant.now());
  }

  /** An opponent on the way that says nothing of DNS, or only what is older. */
  @Test
  void anotherProtocolIsRefused() throws Exception {
    for (String[] offer : new String[][] {{"TLSv1.3"}, {"TLSv1.3", "h2"}, {"TLSv1.2", "dot"}}) {
      try (var other =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
        var parameters = other.getSSLParameters();
        parameters.setProtocols(new String[] {offer[0]});
        parameters.setApplicationProtocols(
            offer.length == 1 ? new String[0] : new String[] {offer[1]});
        other.setSSLParameters(parameters);
        Thread.ofVirtual().start(() -> greet(other));
        refused(
            (InetSocketAddress) other.getLocalSocketAddress(),
            tls(null, certificate.pin(), null),
            offer[0].equals("TLSv1.2") ? "TLS 1.3" : "ALPN dot");
      }
    }
    refused(zone.address(), tls(null, null, null), "TLS");
  }

  private static void greet(SSLServerSocket listener) {
    try (var socket = (SSLSocket) listener.accept()) {
      socket.startHandshake();
      int ignored = socket.getInputStream().read();
    } catch (IOException _) {
      // It has heard enough.
    }
  }

  @Test
  void inClearItIsRefused() {
    refused(zone.address(), new Primary.Security.Clear(), "REFUSED to AXFR");
  }

  private SSLSocket connect(String protocol, String... alpn) throws IOException {
    SSLContext any = AnyCertificate.context();
    var socket =
        (SSLSocket) any.getSocketFactory().createSocket(server.getAddress(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    var parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    parameters.setApplicationProtocols(alpn);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static void send(Socket socket, Message query) throws IOException {
    byte[] octets = query.toWire();
    var framed = new byte[octets.length + 2];
    framed[0] = (byte) (octets.length >> 8);
    framed[1] = (byte) octets.length;
    System.arraycopy(octets, 0, framed, 2, octets.length);
    new DataOutputStream(socket.getOutputStream()).write(framed);
  }

  private static byte[] received(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    return in.readNBytes(in.readUnsignedShort());
  }

  private static Message query(EDNSOption... options) {
    Message query = Message.newQuery(Record.newRecord(PrimaryZone.APEX, Type.AXFR, DClass.IN));
    query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
    return query;
  }

  @Test
  void rfc9103WithoutTheTokenOrByAnOlderVersionAZoneIsRefused() throws Exception {
    for (SSLSocket opened : List.of(connect("TLSv1.3"), connect("TLSv1.2", "dot"))) {
      try (SSLSocket socket = opened) {
        send(socket, query());
        var answer = new Message(received(socket));
        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        var why =
            (ExtendedErrorCodeOption)
                Objects.requireNonNull(answer.getOPT())
                    .getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)
                    .getFirst();
        assertThat(why.getErrorCode()).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
        assertThat(why.getText()).contains("ALPN token dot");

        // What is no transfer is answered as ever.
        send(socket, Message.newQuery(Record.newRecord(PrimaryZone.APEX, Type.SOA, DClass.IN)));
        assertThat(new Message(received(socket)).getSection(Section.ANSWER)).hasSize(1);
      }
    }
  }

  private static List<byte[]> messages(Socket socket) throws IOException {
    var messages = new ArrayList<byte[]>();
    for (int soas = 0; soas < 2; ) {
      byte[] octets = received(socket);
      messages.add(octets);
      soas +=
          (int)
              new Message(octets)
                  .getSection(Section.ANSWER).stream()
                      .filter(record -> record.getType() == Type.SOA)
                      .count();
    }
    return messages;
  }

  @Test
  void rfc7830MessagesArePaddedIfThatIsAskedFor() throws Exception {
    var padding = new GenericEDNSOption(EDNSOption.Code.PADDING, new byte[3]);
    try (SSLSocket socket = connect("TLSv1.3", "dot")) {
      send(socket, query(padding));
      List<byte[]> padded = messages(socket);
      assertThat(padded).hasSizeGreaterThan(1).allMatch(octets -> octets.length % BLOCK == 0);
      send(socket, query());
      assertThat(messages(socket)).anyMatch(octets -> octets.length % BLOCK != 0);
    }
  }

  @Test
  void paddedMessagesAreSignedAtTheirWholeLength() throws Exception {
    var key =
        new TsigKey(
            name("xfr.key."),
            TsigAlgorithm.HMAC_SHA256,
            "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    TransferResult result =
        client.fetch(
            PrimaryZone.APEX,
            new Primary(server, tls(null, certificate.pin(), null)),
            key,
            null,
            false);
    assertThat(((TransferResult.Whole) result).content().nameCount())
        .isEqualTo(present().nameCount());
    FinishedTransfer finished = finished(1);
    assertThat(finished.octets() % BLOCK).isZero();
    assertThat(finished.messages()).isGreaterThan(1);
  }
}
