package net.homeport.nameserver.tls;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import net.homeport.nameserver.tcp.ByteStream;
import net.homeport.nameserver.tcp.StreamProtection;

/**
 * Octets within TLS: an {@link SSLEngine} between a socket and its buffers. A connection that waits
 * holds one small buffer.
 */
final class TlsStream implements ByteStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  // A usual query's record, or a usual ClientHello; a longer record gets a longer buffer.
  private static final int SMALL_OCTETS = 2 * 1024;

  /** Records without content one after the other, such as key updates, before we lose patience. */
  private static final int EMPTY_RECORDS_MAX = 32;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final TlsStreams shared;

  /** What came from the socket and was not read as a record yet. */
  private ByteBuffer incoming = ByteBuffer.allocate(SMALL_OCTETS).flip();

  /** The rest of a record that was too long for its reader. */
  private ByteBuffer leftOver = NOTHING;

  private int emptyRecords;

  TlsStream(SocketChannel channel, SSLEngine engine, TlsStreams shared) {
    this.channel = channel;
    this.engine = engine;
    this.shared = shared;
  }

  @Override
  public void begin() throws IOException {
    engine.beginHandshake();
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapHandshake();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  @Override
  public StreamProtection protection() {
    return TlsStreams.TRANSFER_PROTOCOL.equals(engine.getSession().getProtocol())
            && TlsStreams.DOT.equals(engine.getApplicationProtocol())
        ? StreamProtection.TLS_FOR_TRANSFERS
        : StreamProtection.TLS;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      shared.runHandshakeTask(task);
    }
  }

  private void unwrapHandshake() throws IOException {
    SSLEngineResult result = engine.unwrap(incoming, NOTHING.duplicate());
    switch (result.getStatus()) {
      case OK -> {}
      case BUFFER_UNDERFLOW -> {
        if (!receive()) {
          throw new EOFException("the client left within the handshake");
        }
      }
      case BUFFER_OVERFLOW -> throw new SSLException("content before the handshake's end");
      case CLOSED -> throw new EOFException("the client ended the handshake");
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!leftOver.hasRemaining()) {
      int produced = unwrap(into);
      if (produced != 0) {
        return produced;
      }
    }
    int octets = Math.min(into.remaining(), leftOver.remaining());
    into.put(leftOver.slice(leftOver.position(), octets));
    leftOver.position(leftOver.position() + octets);
    if (!leftOver.hasRemaining()) {
      leftOver = NOTHING;
    }
    return octets;
  }

  /** Octets put there, or -1 for the end, or 0 when they are left over because they do not fit. */
  private int unwrap(ByteBuffer into) throws IOException {
    ByteBuffer longer = null;
    while (true) {
      SSLEngineResult result = engine.unwrap(incoming, longer == null ? into : longer);
      refuseRenegotiation(result);
      switch (result.getStatus()) {
        case OK -> {
          if (result.bytesProduced() > 0) {
            emptyRecords = 0;
            if (longer == null) {
              return result.bytesProduced();
            }
            leftOver = longer.flip();
            return 0;
          }
          countEmptyRecord();
        }
        case BUFFER_OVERFLOW -> { // told as soon as the record's length is known
          if (longer != null) {
            throw new SSLException("a record longer than TLS allows");
          }
          longer = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }
        case BUFFER_UNDERFLOW -> {
          if (!receive()) {
            return -1; // without a goodbye: messages have lengths, so nothing is cut off unseen
          }
        }
        case CLOSED -> {
          return -1;
        }
      }
    }
  }

  // Only TLS 1.2 has it: a cheap way to cost us dearly, and of no use to DNS.
  private static void refuseRenegotiation(SSLEngineResult result) throws SSLException {
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      throw new SSLException("renegotiation is refused");
    }
  }

  private void countEmptyRecord() throws SSLException {
    emptyRecords++;
    if (emptyRecords > EMPTY_RECORDS_MAX) {
      throw new SSLException("too many records without content");
    }
  }

  /** Waits for more octets from the socket; false if the client has ended its side. */
  private boolean receive() throws IOException {
    if (!incoming.hasRemaining() && incoming.capacity() > SMALL_OCTETS) {
      incoming = ByteBuffer.allocate(SMALL_OCTETS);
    } else if (incoming.remaining() == incoming.capacity()) {
      int octets = engine.getSession().getPacketBufferSize();
      if (octets <= incoming.capacity()) {
        throw new SSLException("a record longer than TLS allows");
      }
      incoming = ByteBuffer.allocate(octets).put(incoming);
    } else {
      incoming.compact();
    }
    int read = channel.read(incoming);
    incoming.flip();
    return read >= 0;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    do {
      wrap(from);
    } while (from.hasRemaining());
  }

  /** Writes one record, with octets of the buffer or with what the protocol itself has to say. */
  private void wrap(ByteBuffer from) throws IOException {
    ByteBuffer record = shared.takeBuffer(engine.getSession().getPacketBufferSize());
    try {
      SSLEngineResult result = engine.wrap(from, record);
      if (result.getStatus() != Status.OK && result.bytesProduced() == 0) {
        throw new ClosedChannelException();
      }
      if (result.bytesProduced() == 0 && result.bytesConsumed() == 0 && from.hasRemaining()) {
        throw new SSLException("nothing can be written: " + result);
      }
      record.flip();
      while (record.hasRemaining()) {
        int ignored = channel.write(record);
      }
    } finally {
      shared.giveBuffer(record);
    }
  }

  /** Says goodbye (close_notify), or the alert that tells what was wrong. */
  @Override
  public void end() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      wrap(NOTHING);
    }
  }
}
