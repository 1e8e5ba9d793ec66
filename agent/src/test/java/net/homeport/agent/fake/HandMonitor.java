package net.homeport.agent.fake;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.homeport.agent.address.AddressMonitor;

/** Gives a hint when told to. */
public final class HandMonitor implements AddressMonitor {
  private final LinkedBlockingQueue<Hint> hints = new LinkedBlockingQueue<>();

  public void hint() {
    hints.add(Hint.KERNEL);
  }

  @Override
  public Hint await(Duration limit) throws InterruptedException {
    Hint hint = hints.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    return hint == null ? Hint.ELAPSED : hint;
  }

  @Override
  public void close() {
    hint();
  }
}
