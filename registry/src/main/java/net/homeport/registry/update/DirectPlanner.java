package net.homeport.registry.update;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddresses;
import net.homeport.zone.ZoneSnapshot;
import org.xbill.DNS.Type;

/** Plans just what was asked, for the host that was asked for. Thread safe. */
public final class DirectPlanner implements AddressPlanner {
  private final Supplier<ZoneSnapshot> zones;

  public DirectPlanner(Supplier<ZoneSnapshot> zones) {
    this.zones = zones;
  }

  @Override
  public List<PlannedRrset> plan(Host host, HostWish wish, Credential credential) {
    var planned = new ArrayList<PlannedRrset>(2);
    plan(host, Type.A, wish.ipv4(), planned);
    plan(host, Type.AAAA, wish.ipv6(), planned);
    return planned;
  }

  private void plan(Host host, int type, AddressWish wish, List<PlannedRrset> planned) {
    switch (wish) {
      case AddressWish.Keep _ -> {}
      case AddressWish.Withdraw _ -> planned.add(new PlannedRrset(host, type, List.of()));
      case AddressWish.Publish publish ->
          planned.add(new PlannedRrset(host, type, publish.addresses()));
      case AddressWish.Renumber renumber -> {
        List<InetAddress> present = HostAddresses.of(zones.get(), host, type);
        if (!present.isEmpty()) {
          planned.add(
              new PlannedRrset(
                  host,
                  type,
                  present.stream().map(renumber.network()::withHostBitsOf).distinct().toList()));
        }
      }
    }
  }
}
