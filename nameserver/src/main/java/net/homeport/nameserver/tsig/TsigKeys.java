package net.homeport.nameserver.tsig;

import java.util.List;
import org.xbill.DNS.Name;

/** Finds keys by name. Safe for any thread; touches no disk. */
@FunctionalInterface
public interface TsigKeys {
  /**
   * The keys of this name, the newest first: more than one while a secret is being replaced. Empty
   * if there is none, or none that is valid now.
   */
  List<TsigKey> find(Name name);
}
