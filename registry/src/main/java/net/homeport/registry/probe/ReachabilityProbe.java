package net.homeport.registry.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.probe.ProbeResult.Answer;
import net.homeport.registry.truth.AddressClass;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Connects to ports of a host at the addresses that its zone holds, and at no other: no name is
 * resolved, nothing is sent, nothing is followed. Only classes of addresses that the caller allows.
 * Results are kept in memory. Thread safe.
 */
public final class ReachabilityProbe {
  /** After this a port counts as closed. */
  public static final Duration LIMIT = Duration.ofSeconds(3);

  /** Most connections that are tried at once; more wait. */
  static final int AT_ONCE_MAX = 16;

  /** Hosts whose results are kept; the oldest go. */
  static final int RESULTS_MAX = 10_000;

  /** A host that is removed and added again is another one. */
  private record OfHost(Instant hostAddedAt, List<ProbeResult> results) {}

  private final Supplier<ZoneSnapshot> zones;
  private final PortConnector connector;
  private final InstantSource clock;
  private final Semaphore slots = new Semaphore(AT_ONCE_MAX);
  private final Map<Name, OfHost> results =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, OfHost> eldest) {
          return size() > RESULTS_MAX;
        }
      }; // guarded by itself

  public ReachabilityProbe(
      Supplier<ZoneSnapshot> zones, PortConnector connector, InstantSource clock) {
    this.zones = zones;
    this.connector = connector;
    this.clock = clock;
  }

  /**
   * Tries each of these ports at each address of the host; blocks until it is done.
   *
   * @param allowed classes of addresses to connect to; {@link AddressClass#PUBLIC} as a rule
   * @throws InterruptedException when the thread is interrupted
   */
  public List<ProbeResult> probe(Host host, List<Integer> ports, Set<AddressClass> allowed)
      throws InterruptedException {
    ZoneSnapshot snapshot = zones.get();
    var tasks = new ArrayList<Callable<ProbeResult>>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      for (InetAddress address : HostAddresses.of(snapshot, host, type)) {
        for (int port : ports) {
          tasks.add(() -> probe(address, port, allowed));
        }
      }
    }
    var probed = new ArrayList<ProbeResult>(tasks.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ProbeResult> one : threads.invokeAll(tasks)) {
        probed.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed", e.getCause());
    }
    synchronized (results) {
      results.remove(host.name());
      results.put(host.name(), new OfHost(host.createdAt(), List.copyOf(probed)));
    }
    return probed;
  }

  private ProbeResult probe(InetAddress address, int port, Set<AddressClass> allowed)
      throws InterruptedException {
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
      OfHost last = results.get(host.name());
      return last == null || !last.hostAddedAt.equals(host.createdAt()) ? List.of() : last.results;
    }
  }

  /** What is to be said of a host's published addresses; empty if all ports answered. */
  public List<String> remarks(Host host, List<InetAddress> published) {
    return results(host).stream()
        .filter(one -> one.answer() == Answer.CLOSED && published.contains(one.address()))
        .map(one ->
            "port %d at %s: %s, tried at %s"
                .formatted(one.port(), AddressText.of(one.address()), one.outcome(), one.at()))
        .toList();
  }
}
