package net.homeport.web.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import net.homeport.web.doh.DohFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that cost a client nothing and a server much (RFC 9113 section 10.5). */
@Timeout(120)
class Http2FloodTest {

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int ENHANCE_YOUR_CALM = 11;

  /**
   * Far more than are allowed in a second, and less than one TLS record: of a flood that the server
   * has not read to its end when it closes, TCP tells the client by a reset, which may overtake the
   * GOAWAY.
   */
  private static final int FLOOD = 500;

  @TempDir private Path folder = Path.of("");
  private @Nullable DohFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = DohFixture.start((message, _) -> message, DohFixture.certificate(folder, "flooded"));
  }

  @AfterEach
  void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** GET of a path that is not there, by static entries of HPACK. */
  private static byte[] request(int stream) {
    // :method GET, :scheme https, :path /, :authority x
    byte[] headers = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 1, 'x'};
    return frame(HEADERS, END_STREAM_AND_HEADERS, stream, headers);
  }

  private SSLSocket connect() throws Exception {
    URI server = Objects.requireNonNull(fixture).https();
    SSLSocket socket =
        (SSLSocket)
            DohFixture.trusting()
                .getSocketFactory()
                .createSocket(server.getHost(), server.getPort());
    socket.setSoTimeout(20_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    var begin = new ByteArrayOutputStream();
    begin.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    begin.writeBytes(frame(SETTINGS, 0, 0));
    socket.getOutputStream().write(begin.toByteArray());
    return socket;
  }

  /** The error with which the server ends the connection; waits for it. */
  private static int errorOfGoAway(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == GOAWAY) {
          return ByteBuffer.wrap(payload).getInt(4);
        }
      }
    } catch (EOFException e) {
      throw new AssertionError("closed without GOAWAY", e);
    }
  }

  private static void writeUntilClosed(Socket socket, byte[] octets) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            socket.getOutputStream().write(octets);
          } catch (IOException e) {
            // closed before all was written
          }
        });
  }

  @Test
  void requestsTakenBackEndTheConnection() throws Exception {
    try (SSLSocket socket = connect()) {
      var flood = new ByteArrayOutputStream();
      for (int stream = 1; stream < 2 * FLOOD; stream += 2) {
        flood.writeBytes(request(stream));
        flood.writeBytes(frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8));
      }
      writeUntilClosed(socket, flood.toByteArray());
      assertThat(errorOfGoAway(socket)).isEqualTo(ENHANCE_YOUR_CALM);
    }
  }

  @Test
  void pingsAndSettingsEndTheConnection() throws Exception {
    for (byte[] one : new byte[][] {frame(PING, 0, 0, new byte[8]), frame(SETTINGS, 0, 0)}) {
      try (SSLSocket socket = connect()) {
        var flood = new ByteArrayOutputStream();
        for (int i = 0; i < FLOOD; i++) {
          flood.writeBytes(one);
        }
        writeUntilClosed(socket, flood.toByteArray());
        assertThat(errorOfGoAway(socket)).isEqualTo(ENHANCE_YOUR_CALM);
      }
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsEnded() throws Exception {
    URI server = Objects.requireNonNull(fixture).https();
    try (Socket silent = new Socket(server.getHost(), server.getPort())) {
      silent.setSoTimeout((int) Duration.ofSeconds(40).toMillis()); // less than idle would take
      silent.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertThat(silent.getInputStream().readAllBytes()).isNotNull();
    }
  }
}
