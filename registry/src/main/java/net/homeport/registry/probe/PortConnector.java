package net.homeport.registry.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Connects by TCP, and closes at once; sends nothing and reads nothing. */
@FunctionalInterface
public interface PortConnector {
  /**
   * Connects.
   *
   * @param limit after which it gives up
   * @throws IOException when nobody answers, or refuses
   */
  void connect(InetSocketAddress to, Duration limit) throws IOException;
}
