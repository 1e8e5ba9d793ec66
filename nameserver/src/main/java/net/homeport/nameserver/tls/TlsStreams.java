package net.homeport.nameserver.tls;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import net.homeport.nameserver.tcp.ByteStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS streams of a listener: TLS 1.3, or 1.2 with an ephemeral key and an AEAD cipher
 * (RFC 9325 section 4.2), sessions that can be resumed, neither renegotiation nor 0-RTT. Safe for
 * use from any thread.
 */
public final class TlsStreams implements ByteStream.Opener {

  /** The protocol's name in a handshake (RFC 7858 section 7.2 with RFC 9103 section 7.1). */
  static final String DOT = "dot";

  /** The version of TLS that zones are transferred by, the newest there is (RFC 9103 7.2). */
  static final String TRANSFER_PROTOCOL = "TLSv1.3";

  /** The versions of TLS that are spoken, by their names in JSSE. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** The cipher suites that are spoken, best first, by their names in JSSE. */
  public static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Buffers kept for records to be written; when slow readers hold more, further ones are made. */
  private static final int BUFFERS_KEPT_MAX = 64;

  private final Supplier<SSLContext> contexts;
  private final BlockingQueue<ByteBuffer> buffers = new ArrayBlockingQueue<>(BUFFERS_KEPT_MAX);
  // Handshakes cost a thousand times what a query does: a flood of them leaves half of the machine.
  private final Semaphore handshakes =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  /**
   * @param contexts the present certificate in a context, asked once a connection; a session can be
   *     resumed as long as it is the same
   */
  public TlsStreams(Supplier<SSLContext> contexts) {
    this.contexts = contexts;
  }

  @Override
  public ByteStream open(SocketChannel channel) {
    SSLEngine engine = contexts.get().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
    parameters.setCipherSuites(CIPHER_SUITES.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.setHandshakeApplicationProtocolSelector((_, offered) -> select(offered));
    return new TlsStream(channel, engine, this);
  }

  /**
   * Asked only if the client names protocols. One that wants none of ours takes us for another
   * server, and is refused (RFC 9325 section 3.7).
   */
  private static @Nullable String select(List<String> offered) {
    return offered.contains(DOT) ? DOT : null;
  }

  /** Runs what costs much of a handshake, as many at a time as half the processors. */
  void runHandshakeTask(Runnable task) {
    handshakes.acquireUninterruptibly();
    try {
      task.run();
    } finally {
      handshakes.release();
    }
  }

  /** A buffer for one record, on the heap where ciphers are fastest. */
  ByteBuffer takeBuffer(int octets) {
    ByteBuffer buffer = buffers.poll();
    return buffer == null || buffer.capacity() < octets ? ByteBuffer.allocate(octets) : buffer;
  }

  void giveBuffer(ByteBuffer buffer) {
    boolean ignored = buffers.offer(buffer.clear());
  }
}
