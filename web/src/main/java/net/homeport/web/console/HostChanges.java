package net.homeport.web.console;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.homeport.registry.history.HistoryEntry;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.Host;
import net.homeport.web.console.HostPageModel.ChangeRow;
import net.homeport.web.console.HostPageModel.Changes;
import net.homeport.zone.Rrset;
import net.homeport.zone.text.RecordLines;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * The last changes of a host. They are looked for in the journal, which may take seconds, so they
 * are read only when somebody asks, and for one viewer at a time. Thread safe.
 */
final class HostChanges {
  /** How many are shown. */
  static final int ROWS_MAX = 20;

  private static final long PATIENCE_SECONDS = 5;

  private final ZoneHistory history;
  private final Semaphore turn = new Semaphore(1);

  HostChanges(ZoneHistory history) {
    this.history = history;
  }

  /** Waits for its turn, a while. */
  Changes of(Host host) throws InterruptedException {
    if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return new Changes(List.of(), true);
    }
    try {
      List<HistoryEntry> entries = history.entries(host.zone(), host.name(), null, ROWS_MAX);
      return new Changes(entries.stream().map(HostChanges::row).toList(), false);
    } finally {
      turn.release();
    }
  }

  private static ChangeRow row(HistoryEntry entry) {
    String what =
        switch (entry.kind()) {
          case CREATED -> "zone added";
          case CHANGED -> Type.string(entry.type());
          case REMOVED -> "zone removed";
        };
    return new ChangeRow(
        HostTables.change(entry.by()),
        what,
        data(entry.before()),
        data(entry.after()),
        entry.by().rule());
  }

  private static List<String> data(@Nullable Rrset rrset) {
    return rrset == null ? List.of() : RecordLines.data(rrset);
  }
}
