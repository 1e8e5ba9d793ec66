package net.homeport.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.SiteMembers;
import org.xbill.DNS.Name;

/** Sites that are no more than lists of hosts. */
final class MemorySites implements SiteMembers {
  private final Map<String, List<Name>> sites = new ConcurrentHashMap<>();
  private final HostRegistry hosts;

  MemorySites(HostRegistry hosts) {
    this.hosts = hosts;
  }

  void add(String site, Name host) {
    sites.computeIfAbsent(site, _ -> new CopyOnWriteArrayList<>()).add(host);
  }

  @Override
  public boolean isMember(String site, Host host) {
    return sites.getOrDefault(site, List.of()).contains(host.name());
  }

  @Override
  public Collection<Host> hostsOf(String site) {
    return sites.getOrDefault(site, List.of()).stream()
        .map(hosts::host)
        .filter(Objects::nonNull)
        .toList();
  }
}
