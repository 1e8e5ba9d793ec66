package net.homeport.nameserver.secondary;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import net.homeport.nameserver.secondary.Primary.Security;

/** A stream of DNS messages to a primary and back, in clear or within TLS. Blocks; one thread. */
final class PrimaryConnection implements AutoCloseable {
  /** Longest wait for the connection, or for the next octets of an answer. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  /** Longest time for a whole transfer. */
  static final Duration TIME_MAX = Duration.ofHours(1);

  /** Most octets of a whole transfer. */
  static final long OCTETS_MAX = 4L << 30;

  private static final String DOT = "dot";

  private final Socket socket;
  private final long deadline;
  private long octets;

  private PrimaryConnection(Socket socket) {
    this.socket = socket;
    this.deadline = System.nanoTime() + TIME_MAX.toNanos();
  }

  /** Connects. */
  static PrimaryConnection open(Primary primary) throws IOException {
    int silence = (int) SILENCE_MAX.toMillis();
    var plain = new Socket();
    try {
      plain.connect(primary.address(), silence);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(silence);
      return new PrimaryConnection(
          switch (primary.security()) {
            case Security.Clear _ -> plain;
            case Security.Tls tls -> encrypted(plain, primary, tls);
          });
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket encrypted(Socket plain, Primary primary, Security.Tls tls)
      throws IOException {
    String name = tls.name();
    String host = name == null ? primary.address().getAddress().getHostAddress() : name;
    SSLSocket socket;
    try {
      socket =
          (SSLSocket)
              PrimaryTrust.context(tls)
                  .getSocketFactory()
                  .createSocket(plain, host, primary.address().getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be had: " + e.getMessage(), e);
    }
    SSLParameters parameters = socket.getSSLParameters();
    // RFC 9103 7.1: version 1.3 or later, and this protocol.
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {DOT});
    if (tls.isIdentified()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (SSLException e) {
      throw new IOException(why(e), e);
    } catch (EOFException | SocketException e) {
      throw new IOException("it ends the connection within the TLS handshake", e);
    }
    if (!DOT.equals(socket.getApplicationProtocol())) {
      throw new IOException("it does not say that it speaks DNS over TLS (ALPN dot)");
    }
    return socket;
  }

  /** What the certificate's check said, or what of the primary's words a person can use. */
  private static String why(SSLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      // The first one: ours.
      if (cause instanceof CertificateException) {
        return String.valueOf(cause.getMessage());
      }
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("no_application_protocol")) {
      return "it refuses to speak DNS over TLS (ALPN dot)";
    }
    if (message.contains("protocol_version")) {
      return "it does not speak TLS 1.3, as zones need it";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "it does not speak TLS at this port";
    }
    return "TLS cannot be agreed on: " + message;
  }

  /** Sends a message. */
  void send(byte[] message) throws IOException {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    socket.getOutputStream().write(framed);
  }

  /** The next message. */
  byte[] receive() throws IOException {
    byte[] length = read(2);
    return read((length[0] & 0xFF) << 8 | (length[1] & 0xFF));
  }

  private byte[] read(int wanted) throws IOException {
    octets += wanted;
    if (octets > OCTETS_MAX) {
      throw new IOException("it sends more than %d octets".formatted(OCTETS_MAX));
    }
    byte[] into = new byte[wanted];
    InputStream in = socket.getInputStream();
    for (int done = 0; done < wanted; ) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the transfer takes more than " + TIME_MAX);
      }
      socket.setSoTimeout((int) Math.min(left, SILENCE_MAX.toMillis()));
      int read = in.read(into, done, wanted - done);
      if (read < 0) {
        throw new EOFException("it ends the connection before its answer is complete");
      }
      done += read;
    }
    return into;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
