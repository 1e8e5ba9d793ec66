package net.homeport.registry.history;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneEditor;
import net.homeport.zone.update.RrsetChange;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Takes the changes of a zone back, the newest first, until it is as it was. One use, one thread.
 */
final class Rewind {
  /** One RRset of a zone. */
  record Key(Name owner, int type) {}

  private final Zone present;
  private final HistoryLog log;
  private final Moment moment;
  private final ZoneEditor editor;
  private final Set<Key> touched = new LinkedHashSet<>();
  private long serial;
  private boolean begun;
  private @Nullable Recollection end;

  Rewind(Zone present, HistoryLog log, Moment moment) {
    this.present = present;
    this.log = log;
    this.moment = moment;
    this.editor = ZoneEditor.of(present);
    this.serial = present.serial();
  }

  /** The RRsets that changed since. */
  Set<Key> touched() {
    return touched;
  }

  Recollection run() {
    if (isThere()) {
      return new Recollection.Known(present);
    }
    log.newestFirst(present.apex(), null, this::visit);
    Recollection known = end;
    if (known != null) {
      return known;
    }
    Instant completeSince = log.completeSince();
    return switch (moment) {
      case Moment.Serial wanted when wanted.serial() == serial -> past();
      case Moment.Time time when completeSince == null || !time.at().isBefore(completeSince) ->
          past();
      case Moment.Serial _, Moment.Time _, Moment.Now _ ->
          new Recollection.Forgotten(completeSince);
    };
  }

  private boolean isThere() {
    return switch (moment) {
      case Moment.Serial wanted -> wanted.serial() == present.serial();
      case Moment.Time _ -> false;
      case Moment.Now _ -> true;
    };
  }

  private boolean visit(LoggedChange change) {
    if (!begun && change.serialAfter() != present.serial()) {
      // Committed after the zone that we began with was published.
      return true;
    }
    begun = true;
    if (moment.isReachedBy(change)) {
      end = past();
    } else if (change.kind() == LoggedChange.Kind.CHANGED) {
      takeBack(change);
      return true;
    } else {
      end = new Recollection.NotYetThere(change.at());
    }
    return false;
  }

  private Recollection past() {
    return new Recollection.Known(editor.build());
  }

  private void takeBack(LoggedChange commit) {
    List<RrsetChange> changes = commit.changes();
    for (RrsetChange change : changes.reversed()) {
      if (change.before() == null) {
        editor.remove(change.owner(), change.type());
      } else {
        editor.set(change.owner(), change.before());
      }
      touched.add(new Key(change.owner(), change.type()));
    }
    serial = commit.serialBefore();
    editor.setSerial(serial);
  }
}
