package net.homeport.nameserver.tcp;

import java.net.InetSocketAddress;

/**
 * Answers DNS messages which come over a connection. Called on the virtual thread of the
 * connection, so for different connections at the same time. The queries behind a message wait for
 * its return: what takes long is a {@link Reply.Later}.
 */
@FunctionalInterface
public interface MessageHandler {

  /**
   * Answers one message that {@link #newInPlaceAnswers} left.
   *
   * @param request the message without its length, from 12 to 65535 octets; the handler may keep it
   * @param client who sent it
   */
  Reply handle(byte[] request, InetSocketAddress client);

  /**
   * As {@link #handle(byte[], InetSocketAddress)}, which is what it does unless it matters how the
   * message came.
   *
   * @param protection how what is answered is protected on its way
   */
  default Reply handle(byte[] request, InetSocketAddress client, StreamProtection protection) {
    return handle(request, client);
  }

  /** A fast lane of its own for one thread at a time; without one, all comes to {@link #handle}. */
  default InPlaceAnswers newInPlaceAnswers() {
    return InPlaceAnswers.NONE;
  }
}
