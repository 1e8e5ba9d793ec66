package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** Holds requests to the scopes of their credentials: hosts, and types of records. Thread safe. */
public final class CredentialAccess implements HostAccess, UpdateCheck {
  private static final int[] TYPES = {Type.A, Type.AAAA};

  private final HostGrants grants;

  public CredentialAccess(HostGrants grants) {
    this.grants = grants;
  }

  @Override
  public boolean mayChange(Credential credential, Host host) {
    return grants.mayChange(credential, host);
  }

  @Override
  public @Nullable Host onlyHost(Credential credential) {
    List<Host> hosts = grants.hosts(credential, null);
    return hosts.size() == 1 ? hosts.getFirst() : null;
  }

  @Override
  public List<Host> group(String name, Credential credential) {
    return grants.group(name, credential);
  }

  @Override
  public String name() {
    return "credential";
  }

  @Override
  public Verdict check(ProposedChange change) {
    for (int type : TYPES) {
      if (concerns(change, type) && !grants.mayChange(change.credential(), type)) {
        return new Verdict.Reject(
            Reason.NOT_ALLOWED,
            "the credential %s is not for records of type %s"
                .formatted(change.credential().username(), Type.string(type)));
      }
    }
    return Verdict.PASS;
  }

  /**
   * Whether a change is about addresses of this type: what is said of a network at a site decides
   * what its hosts get, though nothing may follow from it now. Of a host that follows, only what
   * would differ counts: no word was said of the rest.
   */
  private static boolean concerns(ProposedChange change, int type) {
    boolean isAsked = change.host().equals(change.asked());
    for (PlannedRrset planned : isAsked ? change.planned() : change.differing()) {
      if (planned.type() == type) {
        return true;
      }
    }
    if (!isAsked) {
      return false;
    }
    HostWish wish = change.wish();
    boolean isIpv4 = type == Type.A;
    if (!((isIpv4 ? wish.ipv4() : wish.ipv6()) instanceof AddressWish.Keep)) {
      return true;
    }
    for (AddressBlock network : wish.sources().values()) {
      if (network.isIpv4() == isIpv4) {
        return true;
      }
    }
    return false;
  }
}
