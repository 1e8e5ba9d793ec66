package net.homeport.registry.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** The table and the queue against plain collections. */
final class SeenTableTest {
  @Test
  void itHoldsWhatAMapHolds() {
    var random = new SplittableRandom(5);
    var table = new SeenTable();
    Map<Name, Long> model = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      Name name =
          DnsText.name((random.nextBoolean() ? "h" : "H") + random.nextInt(3_000) + ".test.");
      int row = table.find(name);
      assertThat(row == SeenTable.NONE).isEqualTo(!model.containsKey(name));
      if (row != SeenTable.NONE) {
        assertThat(table.seen(row)).isEqualTo(model.get(name));
      }
      if (random.nextInt(3) == 0 && row != SeenTable.NONE) {
        table.remove(row);
        model.remove(name);
      } else {
        table.seen(table.add(name, model::containsKey), i + 1L);
        model.put(name, i + 1L);
      }
    }
    assertThat(table.rows()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void removedHostsMakeRoomForOthers() {
    var table = new SeenTable();
    Set<Name> present = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Name name = DnsText.name("h" + i + ".test.");
      present.clear();
      present.add(name);
      table.add(name, present::contains);
    }
    assertThat(table.rows()).isLessThanOrEqualTo(64);
  }

  @Test
  void theQueueGivesTheEarliestFirst() {
    var random = new SplittableRandom(7);
    var queue = new DueQueue();
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      long second = random.nextLong(1L << 34);
      seconds.add(second);
      queue.add(second, i);
    }
    List<Long> taken = new ArrayList<>();
    while (queue.size() > 0) {
      taken.add(queue.earliest());
      assertThat(seconds.get(queue.take())).isEqualTo(taken.getLast());
    }
    assertThat(taken).isSorted().hasSize(5_000);
    assertThat(queue.earliest()).isEqualTo(Long.MAX_VALUE);
  }
}
