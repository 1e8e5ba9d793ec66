package net.homeport.agent.netlink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where route messages arrive. One thread receives and closes; any thread may wake it. */
public interface RouteMessages extends AutoCloseable {
  /**
   * Waits for the next datagram.
   *
   * @param limit how long at most; zero only looks
   * @return its messages; empty when the limit passed or {@link #wake} was called
   * @throws IOException when nothing can be received any more, or the datagram is malformed
   */
  List<RouteMessage> receive(Duration limit) throws IOException;

  /** Makes this and every later {@link #receive} return at once. Harmless after closing. */
  void wake();

  @Override
  void close();
}
