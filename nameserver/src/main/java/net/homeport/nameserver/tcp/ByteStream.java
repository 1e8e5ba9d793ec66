package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Octets to and from a client, over a socket that somebody else closes: closing it ends every call
 * here with an IOException. Blocks, and is made for virtual threads. One thread at a time reads,
 * and one at a time writes.
 */
public interface ByteStream {

  /** Makes the stream of a connection that was accepted. Does not block. */
  @FunctionalInterface
  interface Opener {
    ByteStream open(SocketChannel channel) throws IOException;
  }

  /** Octets as they are. */
  static ByteStream plain(SocketChannel channel) {
    return new PlainStream(channel);
  }

  /**
   * Settles what comes before the first octet, such as keys. Called once, before all others.
   *
   * @throws IOException if the client does not agree, or is gone
   */
  void begin() throws IOException;

  /** How what comes and goes is protected; called after {@link #begin}, by any thread. */
  StreamProtection protection();

  /**
   * Waits for at least one octet.
   *
   * @param into has room for at least one
   * @return octets read, or -1 if the client has ended its side
   */
  int read(ByteBuffer into) throws IOException;

  /** Writes all octets of a buffer. */
  void write(ByteBuffer from) throws IOException;

  /** Says goodbye, or what was wrong; nothing is written afterwards. */
  void end() throws IOException;
}
