package net.homeport.registry.update;

import java.util.List;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.update.UpdateOutcome.Reason;
import org.xbill.DNS.Type;

/** Holds requests to the scopes of their credentials: hosts, and types of records. Thread safe. */
public final class CredentialAccess implements HostAccess, UpdateCheck {
  private final HostGrants grants;

  public CredentialAccess(HostGrants grants) {
    this.grants = grants;
  }

  @Override
  public boolean mayChange(Credential credential, Host host) {
    return grants.mayChange(credential, host);
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
    for (PlannedRrset planned : change.planned()) {
      if (!grants.mayChange(change.credential(), planned.type())) {
        return new Verdict.Reject(
            Reason.NOT_ALLOWED,
            "the credential %s is not for records of type %s"
                .formatted(change.credential().username(), Type.string(planned.type())));
      }
    }
    return Verdict.PASS;
  }
}
