package net.homeport.registry.truth;

import java.util.function.BiConsumer;
import org.xbill.DNS.Name;

/** Where the policies about addresses are durable; on disk when a method returns. */
public interface TruthStore {
  /** Hands over what was said of zones, and of all of them as the root. */
  void eachTruthPolicy(BiConsumer<Name, TruthPolicy> taker);

  /** Keeps what was said of a zone, or of all as the root; forgets it if that is nothing. */
  void putTruthPolicy(Name zone, TruthPolicy policy);
}
