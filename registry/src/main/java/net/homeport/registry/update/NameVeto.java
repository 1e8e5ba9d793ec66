package net.homeport.registry.update;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Names that no signed update may change, whatever its key may do. Thread safe; touches no disk.
 */
@FunctionalInterface
public interface NameVeto {
  /** No name is spared. */
  NameVeto NONE = _ -> null;

  /** Why this name may not be changed, in words; null if it may. */
  @Nullable String against(Name name);
}
