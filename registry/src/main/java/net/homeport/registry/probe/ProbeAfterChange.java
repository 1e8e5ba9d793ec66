package net.homeport.registry.probe;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.homeport.registry.host.Host;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;

/**
 * Probes the declared ports of a host whose address has changed, soon after, at public addresses
 * only. No request waits for it.
 */
public final class ProbeAfterChange implements UpdateObserver {
  /** Most hosts that wait; the changes of more are not followed by a probe. */
  static final int WAITING_MAX = 1_000;

  private final DeclaredPorts ports;
  private final ReachabilityProbe probe;
  private final BlockingQueue<Host> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

  public ProbeAfterChange(DeclaredPorts ports, ReachabilityProbe probe) {
    this.ports = ports;
    this.probe = probe;
  }

  @Override
  public void observed(Observation observation) {
    Host host = observation.host();
    if (observation.outcome() instanceof UpdateOutcome.Updated
        && !ports.of(host).isEmpty()
        && !waiting.contains(host)) {
      var _ = waiting.offer(host);
    }
  }

  /**
   * Probes one host that waits, or the next one that comes.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public void next() throws InterruptedException {
    Host host = waiting.take();
    if (!ports.of(host).isEmpty()) {
      probe.probe(host, ports.of(host), Set.of(AddressClass.PUBLIC));
    }
  }
}
