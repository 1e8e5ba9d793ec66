package net.homeport.registry.zone;

import net.homeport.zone.Zone;
import org.xbill.DNS.Name;

/** What became of the wish to add a zone. */
public sealed interface ZoneAddition {
  /** Added and answered. */
  record Added(Zone zone) implements ZoneAddition {}

  /** A zone of that name exists. */
  record AlreadyThere(Name name) implements ZoneAddition {}

  /** Its text is not a zone; {@code why} says where. */
  record BadText(String why) implements ZoneAddition {}

  /** It could not be stored. */
  record Failed(String incident) implements ZoneAddition {}
}
