package net.homeport.agent.address;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The machine's own interfaces, for a machine that itself has the address to publish. */
public final class InterfaceSource implements AddressSource {
  private final AddressMonitor monitor;
  private final InterfaceAddresses interfaces;
  private final AddressSelection selection;
  private List<CandidateAddress> lastRead = List.of();

  /**
   * Takes over {@code monitor}, which must listen already: what changes between the first reading
   * and the first wait must not be lost.
   */
  public InterfaceSource(
      AddressMonitor monitor, InterfaceAddresses interfaces, AddressSelection selection) {
    this.monitor = monitor;
    this.interfaces = interfaces;
    this.selection = selection;
  }

  @Override
  public CurrentAddresses read() throws IOException {
    lastRead = interfaces.read();
    return selection.select(lastRead);
  }

  @Override
  public AddressChange.Why await(Duration limit) throws InterruptedException {
    return switch (monitor.await(limit)) {
      case KERNEL -> AddressChange.Why.KERNEL_EVENT;
      case ELAPSED -> AddressChange.Why.POLLED;
    };
  }

  @Override
  public String explain() {
    return selection.explain(lastRead);
  }

  @Override
  public void close() {
    monitor.close();
  }
}
