package net.homeport.registry.zone;

import org.xbill.DNS.Name;

/** What became of the wish to remove a zone. */
public sealed interface ZoneRemoval {
  /** Removed, with all its names. */
  record Removed(Name name) implements ZoneRemoval {}

  /** There is no such zone. */
  record NoSuchZone(Name name) implements ZoneRemoval {}

  /** Hosts still live in it; remove them first. */
  record HasHosts(Name name, int hosts) implements ZoneRemoval {}

  /** It could not be stored. */
  record Failed(String incident) implements ZoneRemoval {}
}
