package net.homeport.nameserver.update;

import java.util.List;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;

/** Finds public keys of requestors (RFC 2931). Safe for any thread; touches no disk. */
@FunctionalInterface
public interface Sig0Keys {
  /** The keys of this name that are valid now; at most a few. */
  List<KEYRecord> find(Name signer);
}
