package net.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** What every store of zones must do, whatever it is made of: nothing is lost. */
public abstract class JournalContract extends JournalFixture {
  @Test
  void aNewStoreHasNoZones() {
    assertThat(restart().zones()).isEmpty();
    assertThat(restart().zones()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRestartAtAnyPointFindsWhatWasAppended(long seed) throws InterruptedException {
    var life = new ZoneLife(seed, restart());
    for (int i = 0; i < 60; i++) {
      List<ZoneChange> batch = life.nextBatch();
      store().journal().append(batch);
      life.publish(batch);
      if ((i * seed) % 7 == 0) {
        store().checkpoint(life::snapshot);
      }
      if ((i + seed) % 5 == 0) {
        ZoneSnapshot loaded = restart();
        assertThat(ZoneLife.content(loaded))
            .as("batch %d", i)
            .isEqualTo(ZoneLife.content(life.snapshot()));
        life.resume(loaded);
      }
      assertHistory(life, i);
    }
  }

  private void assertHistory(ZoneLife life, int batch) {
    for (Zone zone : life.snapshot().zones()) {
      Map<Name, Attribution> changed = life.lastChanges(zone);
      zone.forEach((owner, _) ->
          assertThat(store().history().lastChange(zone.apex(), owner))
              .as("batch %d: %s", batch, owner)
              .isEqualTo(changed.get(owner)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void checkpointsBesideAppendsLoseNothing(long seed) throws Exception {
    var life = new ZoneLife(seed, restart());
    var ended = new AtomicBoolean();
    var failure = new AtomicReference<@Nullable Throwable>();
    var written = new AtomicInteger();
    Thread checkpoints =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (!ended.get()) {
                  store().checkpoint(life::snapshot);
                  written.incrementAndGet();
                }
              } catch (InterruptedException | RuntimeException | Error e) {
                failure.set(e);
              }
            });
    for (int i = 0; i < 250 || written.get() < 3; i++) {
      // As the zone writer does: durable first, visible right after.
      List<ZoneChange> batch = life.nextBatch();
      store().journal().append(batch);
      life.publish(batch);
    }
    ended.set(true);
    checkpoints.join();
    assertThat(failure.get()).isNull();
    assertHistory(life, -1);
    assertThat(ZoneLife.content(restart())).isEqualTo(ZoneLife.content(life.snapshot()));
    assertHistory(life, -2);
    store().checkpoint(life::snapshot);
    assertThat(ZoneLife.content(restart())).isEqualTo(ZoneLife.content(life.snapshot()));
  }

  @Test
  void aCheckpointThatFailsInTheMiddleIsMadeUpForByTheNext() throws InterruptedException {
    for (long seed = 21; seed < 24; seed++) {
      var life = new ZoneLife(seed, restart());
      for (int i = 0; i < 30; i++) {
        List<ZoneChange> batch = life.nextBatch();
        store().journal().append(batch);
        life.publish(batch);
        if (i % 3 == 0 && life.snapshot().zoneCount() > 1) {
          var calls = new AtomicInteger();
          Supplier<ZoneSnapshot> breaking =
              () -> {
                if (calls.incrementAndGet() > 1) {
                  throw new IllegalStateException("power cut");
                }
                return life.snapshot();
              };
          try {
            store().checkpoint(breaking);
          } catch (IllegalStateException e) {
            assertThat(e).hasMessage("power cut");
          }
          assertHistory(life, i);
        }
      }
      store().checkpoint(life::snapshot);
      assertHistory(life, -1);
      assertThat(ZoneLife.content(restart())).isEqualTo(ZoneLife.content(life.snapshot()));
      life.snapshot()
          .zones()
          .forEach(zone -> append(new ZoneChange.Removed(zone.apex(), SOMEBODY)));
    }
  }

  @Test
  void aCheckpointWithNothingToDoDoesNothing() throws InterruptedException {
    restart();
    checkpoint();
    create();
    checkpoint();
    checkpoint();
    assertSameAfterRestart();
  }
}
