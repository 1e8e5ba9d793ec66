package net.homeport.web.console;

import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostEntry;
import net.homeport.registry.host.RegistryStore;
import org.xbill.DNS.Name;

/** A registry's store that forgets all at the end of a test. */
final class MemoryRegistryStore implements RegistryStore {
  private final List<Credential> credentials = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();

  @Override
  public synchronized List<Credential> credentials() {
    return List.copyOf(credentials);
  }

  @Override
  public synchronized List<Host> hosts() {
    return List.copyOf(hosts);
  }

  @Override
  public synchronized void addHosts(List<HostEntry> entries) {
    for (HostEntry entry : entries) {
      Credential made = entry.made();
      hosts.add(entry.host());
      if (made != null) {
        credentials.add(made);
      }
    }
  }

  @Override
  public synchronized void removeHost(Name name) {
    hosts.removeIf(host -> host.name().equals(name));
  }
}
