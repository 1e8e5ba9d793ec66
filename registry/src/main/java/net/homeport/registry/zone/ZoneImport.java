package net.homeport.registry.zone;

import java.util.List;
import net.homeport.zone.update.ZoneReplacement;
import org.xbill.DNS.Name;

/** What became of the wish to import a zone file into a zone that exists. */
public sealed interface ZoneImport {
  /**
   * Imported, or found to be importable.
   *
   * @param serial of the zone as it is now
   * @param summary what changes
   * @param changes whether there is anything to change
   */
  record Imported(Name name, long serial, ZoneReplacement.Summary summary, boolean changes)
      implements ZoneImport {}

  /** There is no such zone. */
  record NoSuchZone(Name name) implements ZoneImport {}

  /** It is changed by another server alone, or by this one itself; {@code why} says which. */
  record KeptOtherwise(Name name, String why) implements ZoneImport {}

  /** The text is not a zone; {@code why} says where. */
  record BadText(String why) implements ZoneImport {}

  /**
   * Devices could not publish at these names any more: the file has a static address, an alias, or
   * a delegation there.
   */
  record HostsInTheWay(List<Name> hosts) implements ZoneImport {
    public HostsInTheWay {
      hosts = List.copyOf(hosts);
    }
  }

  /** More RRsets change than {@link ZoneReplacement#CHANGES_MAX}. */
  record TooMany(int rrsets) implements ZoneImport {}

  /** It could not be stored. */
  record Failed(String incident) implements ZoneImport {}
}
