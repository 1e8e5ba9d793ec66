package net.homeport.registry.probe;

import java.util.List;
import java.util.function.BiConsumer;
import org.xbill.DNS.Name;

/** Where the ports that hosts declare are durable; on disk when a method returns. */
public interface PortStore {
  /** Hands over the ports of each host that declares any. */
  void eachPorts(BiConsumer<Name, List<Integer>> taker);

  /**
   * Keeps the ports of a host in place of those before.
   *
   * @param ports empty for none
   */
  void putPorts(Name host, List<Integer> ports);
}
