package net.homeport.agent.address;

import java.io.IOException;
import java.time.Duration;
import net.homeport.agent.netlink.NetlinkSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a hint that addresses may have changed. It decides nothing: after each hint, everything
 * is read again, so lost and doubled hints do no harm.
 */
public interface AddressMonitor extends AutoCloseable {
  /** What ended a wait. */
  enum Hint {
    /** The system said that something changed. */
    KERNEL,
    /** Only time passed. */
    ELAPSED
  }

  /**
   * Waits for the next hint. The first one after a quiet time arrives at once; those of the half
   * second after it arrive together at its end. One thread at a time.
   *
   * @param limit how long at most; a monitor that has to poll may return sooner
   */
  Hint await(Duration limit) throws InterruptedException;

  /** Ends a wait in progress and releases the socket. */
  @Override
  void close();

  /** Listening to the kernel where that is possible (Linux), otherwise polling every 3 seconds. */
  static AddressMonitor ofThisMachine() {
    Logger log = LoggerFactory.getLogger(AddressMonitor.class);
    try {
      NetlinkSocket socket =
          NetlinkSocket.open(
              NetlinkSocket.IPV4_ADDRESSES
                  | NetlinkSocket.IPV6_ADDRESSES
                  | NetlinkSocket.IPV4_ROUTES
                  | NetlinkSocket.IPV6_ROUTES);
      log.info("listening to the kernel for address changes");
      return new KernelMonitor(socket, KernelMonitor.QUIET, PollingMonitor.INTERVAL);
    } catch (IOException e) {
      log.info(
          "looking at the addresses every {} s, because {}",
          PollingMonitor.INTERVAL.toSeconds(),
          e.getMessage());
      return new PollingMonitor(PollingMonitor.INTERVAL);
    }
  }
}
