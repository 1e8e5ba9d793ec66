package net.homeport.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostEntry;
import net.homeport.registry.host.RegistryStore;
import org.xbill.DNS.Name;

/** A store of hosts that forgets all at the end of a test. */
public final class MemoryHostStore implements RegistryStore {
  private final Map<Name, Host> hosts = new ConcurrentHashMap<>();
  private final List<Credential> credentials = new ArrayList<>();

  @Override
  public synchronized List<Credential> credentials() {
    return List.copyOf(credentials);
  }

  @Override
  public long lastCredentialId() {
    return 0;
  }

  @Override
  public List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  @Override
  public synchronized void addHosts(List<HostEntry> entries) {
    for (HostEntry entry : entries) {
      Credential made = entry.made();
      hosts.put(entry.host().name(), entry.host());
      if (made != null) {
        credentials.add(made);
      }
    }
  }

  @Override
  public void removeHost(Name name) {
    hosts.remove(name);
  }
}
