package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.homeport.interop.harness.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Signed updates within TLS (RFC 7858, port 853): the packaged programs cannot send them yet. */
final class UpdateOverTlsTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @TempDir static Path folder;
  private static Lab lab;
  private static KeyRecipes key;
  private static int port;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder, "--dot", "127.0.0.1:0");
    key = lab.addUsualKey("upd-key");
    String dot = Json.texts(lab.server().json("status"), "dot").getFirst();
    port = Integer.parseInt(dot.substring(dot.lastIndexOf(':') + 1));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** Takes the certificate that the server made itself. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static SSLSocket connect() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    return socket;
  }

  private static byte[] exchange(SSLSocket socket, byte[] request) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    byte[] framed = new byte[request.length + 2];
    framed[0] = (byte) (request.length >> 8);
    framed[1] = (byte) request.length;
    System.arraycopy(request, 0, framed, 2, request.length);
    out.write(framed);
    out.flush();
    var in = new DataInputStream(socket.getInputStream());
    byte[] answer = new byte[in.readUnsignedShort()];
    in.readFully(answer);
    return answer;
  }

  private static Update update(String label, String address) throws IOException {
    Name zone = Name.fromString("dyn.test.");
    var update = new Update(zone);
    update.delete(Name.fromString(label, zone), Type.A);
    update.add(Name.fromString(label, zone), Type.A, 60, address);
    return update;
  }

  private static TSIG signer(String secret) {
    return new TSIG(TSIG.HMAC_SHA256, key.name() + ".", secret);
  }

  /** Signs, sends, and checks the signature of the answer; its RCODE. */
  private static int sendSigned(SSLSocket socket, Update update, TSIG signer) throws IOException {
    update.setTSIG(signer);
    byte[] request = update.toWire(Message.MAXLENGTH);
    byte[] octets = exchange(socket, request);
    var answer = new Message(octets);
    assertThat(answer.getHeader().getID()).isEqualTo(update.getHeader().getID());
    if (answer.getRcode() == Rcode.NOERROR) {
      assertThat(signer.verify(answer, octets, new Message(request).getTSIG()))
          .as("signature of the answer")
          .isEqualTo(Rcode.NOERROR);
    }
    return answer.getRcode();
  }

  @Test
  void signedOnesAreMadeOnOneConnectionBesideQueries() throws Exception {
    try (SSLSocket socket = connect()) {
      for (int i = 1; i <= 20; i++) {
        String address = "192.0.2." + i;
        assertThat(sendSigned(socket, update("tls", address), signer(key.secret())))
            .isEqualTo(Rcode.NOERROR);
        Record question = Record.newRecord(Name.fromString("tls.dyn.test."), Type.A, DClass.IN);
        var answer = new Message(exchange(socket, Message.newQuery(question).toWire()));
        assertThat(answer.toString()).as("visible when acknowledged").contains(address);
      }
    }
    assertThat(lab.data("tls.dyn.test", "A")).containsExactly("192.0.2.20");
    Map<?, ?> last =
        Json.objects(lab.server().json("history", "tls.dyn.test"), "changes").getFirst();
    assertThat(last.toString()).contains("dns-tls", "upd-key");
  }

  @Test
  void unsignedAndWronglySignedOnesAreNot() throws Exception {
    try (SSLSocket socket = connect()) {
      Update unsigned = update("bad", "192.0.2.1");
      var answer = new Message(exchange(socket, unsigned.toWire(Message.MAXLENGTH)));
      assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
      TSIG wrong = signer("d3Jvbmcgd3JvbmcgMTIzNDU2Nzg5MDEyMzQ1Njc4OTA=");
      assertThat(sendSigned(socket, update("bad", "192.0.2.2"), wrong)).isEqualTo(Rcode.NOTAUTH);
      assertThat(sendSigned(socket, update("good", "192.0.2.3"), signer(key.secret())))
          .as("the connection goes on")
          .isEqualTo(Rcode.NOERROR);
    }
    assertThat(lab.data("bad.dyn.test", "A")).isEqualTo(List.of());
    assertThat(lab.data("good.dyn.test", "A")).containsExactly("192.0.2.3");
  }
}
