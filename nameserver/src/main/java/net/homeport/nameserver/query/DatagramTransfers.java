package net.homeport.nameserver.query;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Answers datagrams that ask for the difference of a zone (RFC 1995). Does not wait. */
@FunctionalInterface
public interface DatagramTransfers {
  /** Answers none: they are refused as any other transfer. */
  DatagramTransfers NONE = (_, _) -> null;

  /** The answer to a message as it came, signed if it was; null if it does not ask for that. */
  byte @Nullable [] answer(byte[] message, InetAddress client);
}
