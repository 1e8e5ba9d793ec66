package net.homeport.registry.probe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import net.homeport.registry.host.Host;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The TCP ports at which hosts want to be reached. In memory over a durable store; reads take no
 * lock, changes come one after the other, stored first.
 */
public final class DeclaredPorts {
  /** Most ports of a host. */
  public static final int PORTS_MAX = 8;

  private static final int PORT_MAX = 65_535;

  private final PortStore store;
  private final Map<Name, OfHost> declared = new ConcurrentHashMap<>();

  /** A host that is removed and added again is another one, which declared nothing. */
  private record OfHost(Instant hostAddedAt, List<Integer> ports) {}

  /**
   * Loads what the store holds.
   *
   * @param hosts the hosts there are
   */
  public DeclaredPorts(PortStore store, Function<Name, @Nullable Host> hosts) {
    this.store = store;
    store.eachPorts((name, ports) -> {
      Host host = hosts.apply(name);
      if (host != null) {
        declared.put(host.name(), new OfHost(host.createdAt(), List.copyOf(ports)));
      }
    });
  }

  /** The ports of a host, ascending; empty for most. */
  public List<Integer> of(Host host) {
    OfHost said = declared.get(host.name());
    return said == null || !said.hostAddedAt.equals(host.createdAt()) ? List.of() : said.ports;
  }

  /**
   * Declares these, in place of those before.
   *
   * @param ports at most {@link #PORTS_MAX}, from 1 to 65535; empty for none
   * @throws IllegalArgumentException that says what is wrong
   * @throws net.homeport.registry.host.RegistryStoreException when it could not be stored
   */
  public synchronized void declare(Host host, List<Integer> ports) {
    List<Integer> sorted = ports.stream().sorted().distinct().toList();
    if (sorted.size() > PORTS_MAX) {
      throw new IllegalArgumentException(
          "a host has at most %d ports, not %d".formatted(PORTS_MAX, sorted.size()));
    }
    for (int port : sorted) {
      if (port < 1 || port > PORT_MAX) {
        throw new IllegalArgumentException("a port is 1 to %d, not %d".formatted(PORT_MAX, port));
      }
    }
    store.putPorts(host.name(), sorted);
    if (sorted.isEmpty()) {
      declared.remove(host.name());
    } else {
      declared.put(host.name(), new OfHost(host.createdAt(), sorted));
    }
  }
}
