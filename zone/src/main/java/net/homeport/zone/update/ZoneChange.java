package net.homeport.zone.update;

import java.util.List;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.lease.Lease;
import org.xbill.DNS.Name;

/** What one commit did to one zone: what the journal keeps, and every node applies. */
public sealed interface ZoneChange
    permits ZoneChange.Created, ZoneChange.Removed, ZoneChange.Leased, Changeset {
  /** Apex of the zone. */
  Name zone();

  /** A new zone with this content. */
  record Created(Zone content, Attribution attribution) implements ZoneChange {
    @Override
    public Name zone() {
      return content.apex();
    }
  }

  /** The zone is gone, with all names. */
  record Removed(Name zone, Attribution attribution) implements ZoneChange {}

  /**
   * Records are leased for longer, or not any more; what the zone answers does not change by it.
   *
   * @param leases one for each record that this is about
   */
  record Leased(Name zone, List<Lease> leases) implements ZoneChange {
    public Leased {
      leases = List.copyOf(leases);
    }
  }

  /**
   * The snapshot after this change. The one place where a change takes effect: on the node that
   * wrote it, at a restart, and on a node that follows.
   *
   * @throws IllegalStateException if a changeset does not continue the zone's serial
   */
  default ZoneSnapshot applyTo(ZoneSnapshot snapshot) {
    return switch (this) {
      case Created created -> snapshot.with(created.content());
      case Removed removed -> snapshot.without(removed.zone());
      case Leased _ -> snapshot;
      case Changeset changeset -> {
        Zone zone = snapshot.zone(changeset.zone());
        if (zone == null || zone.serial() != changeset.serialBefore()) {
          throw new IllegalStateException(
              "a change of %s from serial %d does not follow %s"
                  .formatted(
                      changeset.zone(), changeset.serialBefore(), zone == null ? "nothing" : zone));
        }
        ZoneEditor editor = ZoneEditor.of(zone);
        changeset.applyTo(editor);
        yield snapshot.with(editor.build());
      }
    };
  }
}
