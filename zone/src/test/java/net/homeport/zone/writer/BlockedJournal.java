package net.homeport.zone.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.homeport.zone.update.ZoneChange;

/** A journal whose first append waits until the test lets it go on; it remembers all batches. */
final class BlockedJournal implements Journal {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<List<ZoneChange>> batches = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void append(List<ZoneChange> batch) {
    entered.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the disk was disturbed", e);
    }
    batches.add(List.copyOf(batch));
  }

  /** Returns when the writer is inside its first append. */
  void awaitAppend() throws InterruptedException {
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
  }

  void release() {
    released.countDown();
  }

  /** The batches that became durable. */
  List<List<ZoneChange>> batches() {
    return batches;
  }
}
