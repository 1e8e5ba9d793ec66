package net.homeport.zone.writer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Updates;
import net.homeport.zone.update.ZoneUpdate;

/** Writers and waiting for them. */
final class Writers {
  private Writers() {}

  static ZoneWriter writer(ZoneSnapshot initial, Journal journal) {
    return new ZoneWriter(initial, journal, _ -> {}, _ -> {});
  }

  /** The result, which must come. */
  static CommitResult result(CompletableFuture<CommitResult> submitted) {
    return submitted.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** An update that gives a name an address of its own. */
  static ZoneUpdate address(String zone, int number) {
    return Updates.of(zone)
        .add(
            "h%d.%s 60 A 10.%d.%d.%d"
                .formatted(number, zone, number >> 16, (number >> 8) & 0xFF, number & 0xFF))
        .asDynamic();
  }
}
