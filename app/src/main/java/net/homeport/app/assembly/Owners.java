package net.homeport.app.assembly;

import java.util.Map;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.HostDetailStore;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostOwners;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Whose hosts are: as stored while the registry loads, and as known to the house afterwards. */
final class Owners implements HostOwners {
  private Map<Name, HostDetail> stored;
  private volatile @Nullable HostDetails details;

  Owners(HostDetailStore store) {
    this.stored = store.details();
  }

  /** From now on these tell. */
  void are(HostDetails known) {
    details = known;
    stored = Map.of();
  }

  @Override
  public long ownerOf(Host host) {
    HostDetails known = details;
    return known == null
        ? stored.getOrDefault(host.name(), HostDetail.NONE).accountId()
        : known.accountOf(host.name());
  }
}
