package net.homeport.registry.restriction;

import org.xbill.DNS.Name;

/** For which hosts something is set. The nearest to a host decides. */
public sealed interface PolicyScope {
  /** All hosts. */
  record Everywhere() implements PolicyScope {}

  /** The hosts of one zone. */
  record OfZone(Name zone) implements PolicyScope {}

  /** One host. */
  record OfHost(Name host) implements PolicyScope {}

  /** In words: {@code by default}, {@code for the zone dyn.example.org}. */
  default String words() {
    return switch (this) {
      case Everywhere _ -> "by default";
      case OfZone of -> "for the zone " + of.zone().toString(true);
      case OfHost of -> "for the host " + of.host().toString(true);
    };
  }
}
