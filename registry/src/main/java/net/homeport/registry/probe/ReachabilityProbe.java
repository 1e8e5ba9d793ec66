package net.homeport.registry.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.probe.ProbeResult.Answer;
import net.homeport.registry.truth.AddressClass;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Connects to ports of a host at the addresses that its zone holds, and at no other: no name is
 * resolved, nothing is sent, nothing is followed. Only public addresses, unless the administrator
 * wants others too. Results are kept in memory. Thread safe.
 */
public final class ReachabilityProbe {
  /** Most ports of one probe. */
  public static final int PORTS_MAX = 8;

  /** After this a port counts as closed. */
  public static final Duration LIMIT = Duration.ofSeconds(3);

  /** Most connections that are tried at once; more wait. */
  static final int AT_ONCE_MAX = 16;

  /** Hosts whose results are kept; the oldest go. */
  static final int RESULTS_MAX = 10_000;

  private static final int PORT_MAX = 65_535;

  private final Supplier<ZoneSnapshot> zones;
  private final PortConnector connector;
  private final InstantSource clock;
  private final Set<AddressClass> allowed;
  private final Semaphore slots = new Semaphore(AT_ONCE_MAX);
  private final Map<Name, List<ProbeResult>> results =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, List<ProbeResult>> eldest) {
          return size() > RESULTS_MAX;
        }
      }; // guarded by itself

  /**
   * @param allowed classes of addresses to connect to; {@link AddressClass#PUBLIC} as a rule
   */
  public ReachabilityProbe(
      Supplier<ZoneSnapshot> zones,
      PortConnector connector,
      InstantSource clock,
      Set<AddressClass> allowed) {
    this.zones = zones;
    this.connector = connector;
    this.clock = clock;
    this.allowed = Set.copyOf(allowed);
  }

  /**
   * Tries each of these ports at each address of the host, one after the other; blocks until it is
   * done.
   *
   * @param ports at most {@link #PORTS_MAX}, from 1 to 65535
   * @throws IllegalArgumentException that says what is wrong with the ports
   * @throws InterruptedException when the thread is interrupted
   */
  public List<ProbeResult> probe(Host host, List<Integer> ports) throws InterruptedException {
    if (ports.isEmpty() || ports.size() > PORTS_MAX) {
      throw new IllegalArgumentException(
          "1 to %d ports, not %d".formatted(PORTS_MAX, ports.size()));
    }
    for (int port : ports) {
      if (port < 1 || port > PORT_MAX) {
        throw new IllegalArgumentException("a port is 1 to %d, not %d".formatted(PORT_MAX, port));
      }
    }
    ZoneSnapshot snapshot = zones.get();
    var probed = new ArrayList<ProbeResult>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      for (InetAddress address : HostAddresses.of(snapshot, host, type)) {
        for (int port : ports) {
          probed.add(probe(address, port));
        }
      }
    }
    synchronized (results) {
      results.remove(host.name());
      results.put(host.name(), List.copyOf(probed));
    }
    return probed;
  }

  private ProbeResult probe(InetAddress address, int port) throws InterruptedException {
    AddressClass kind = AddressClass.of(address);
    if (!allowed.contains(kind)) {
      return result(address, port, Answer.NOT_TRIED, "not tried: " + kind.words());
    }
    slots.acquire();
    try {
      connector.connect(new InetSocketAddress(address, port), LIMIT);
      return result(address, port, Answer.OPEN, "open");
    } catch (SocketTimeoutException _) {
      return result(address, port, Answer.CLOSED, "no answer in " + LIMIT.toSeconds() + " s");
    } catch (ConnectException _) {
      return result(address, port, Answer.CLOSED, "refused");
    } catch (IOException e) {
      return result(address, port, Answer.CLOSED, String.valueOf(e.getMessage()));
    } finally {
      slots.release();
    }
  }

  private ProbeResult result(InetAddress address, int port, Answer answer, String outcome) {
    return new ProbeResult(address, port, answer, outcome, clock.instant());
  }

  /** The results of the last probe of this host; empty if there was none. */
  public List<ProbeResult> results(Host host) {
    synchronized (results) {
      return results.getOrDefault(host.name(), List.of());
    }
  }
}
