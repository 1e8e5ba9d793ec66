package net.homeport.nameserver.tcp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Answers DNS messages which come over a connection. Called on the virtual thread of the
 * connection, so for different connections at the same time; it may block.
 */
@FunctionalInterface
public interface MessageHandler {

  /**
   * Answers one message.
   *
   * @param request the message without its length, from 12 to 65535 octets; the handler may keep it
   * @param client who sent it
   * @return the answer without its length, at most 65535 octets; null closes the connection without
   *     an answer
   */
  byte @Nullable [] handle(byte[] request, InetSocketAddress client);
}
