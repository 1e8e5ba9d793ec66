package net.homeport.registry.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.credential.Credential;
import org.xbill.DNS.Name;

/** A store in memory, which can be told to fail. */
public final class MemoryRegistryStore implements RegistryStore {
  private final Map<Long, Credential> credentials = new LinkedHashMap<>();
  private final Map<Name, Host> hosts = new LinkedHashMap<>();
  private long lastCredentialId;
  private volatile boolean failing;

  /** From now on, changes fail or do not. */
  public void failing(boolean fails) {
    failing = fails;
  }

  private void failIfTold() {
    if (failing) {
      throw new RegistryStoreException("the disk is full", new IllegalStateException());
    }
  }

  @Override
  public synchronized List<Credential> credentials() {
    return new ArrayList<>(credentials.values());
  }

  @Override
  public synchronized long lastCredentialId() {
    return lastCredentialId;
  }

  @Override
  public synchronized List<Host> hosts() {
    return new ArrayList<>(hosts.values());
  }

  @Override
  public synchronized void addHosts(List<HostEntry> entries) {
    failIfTold();
    for (HostEntry entry : entries) {
      Host host = entry.host();
      Credential made = entry.made();
      if (made != null) {
        credentials.put(made.id(), made);
        lastCredentialId = Math.max(lastCredentialId, made.id());
      }
      Objects.requireNonNull(credentials.get(host.credentialId()), "a host has a credential");
      hosts.put(host.name(), host);
    }
  }

  @Override
  public synchronized void removeHost(Name name) {
    failIfTold();
    hosts.remove(name);
    credentials
        .keySet()
        .removeIf(id -> hosts.values().stream().noneMatch(host -> host.credentialId() == id));
  }
}
