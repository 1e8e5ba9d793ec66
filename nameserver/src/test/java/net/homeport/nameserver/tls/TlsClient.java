package net.homeport.nameserver.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client of the JDK, which frames text as a DNS message. */
final class TlsClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;
  private final DataInputStream input;

  private TlsClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.input = new DataInputStream(socket.getInputStream());
  }

  /** Trusts everybody, and counts how often it was asked to: not for a resumed session. */
  static final class Trust extends X509ExtendedTrustManager {
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      asked.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new AssertionError("no engine here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("asked with a socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static SSLContext context(Trust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connects and shakes hands. */
  static TlsClient connect(
      SSLContext context, InetSocketAddress server, String protocol, String... applications)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(server.getAddress().getHostAddress(), server.getPort());
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      parameters.setApplicationProtocols(applications);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new TlsClient(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static TlsClient connect(InetSocketAddress server) throws IOException {
    return connect(context(new Trust()), server, "TLSv1.3", "dot");
  }

  SSLSocket socket() {
    return socket;
  }

  void send(String... messages) throws IOException {
    var all = new ByteArrayOutputStream();
    for (String message : messages) {
      byte[] octets = message.getBytes(US_ASCII);
      all.write(octets.length >> 8);
      all.write(octets.length);
      all.writeBytes(octets);
    }
    socket.getOutputStream().write(all.toByteArray());
  }

  String receive() throws IOException {
    return new String(input.readNBytes(input.readUnsignedShort()), US_ASCII);
  }

  String ask(String message) throws IOException {
    send(message);
    return receive();
  }

  /** Whether the server says goodbye now; a connection that is just cut off is an exception. */
  boolean hearsGoodbye() throws IOException {
    return input.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
