package net.homeport.app.assembly;

import java.time.Duration;
import net.homeport.registry.credential.CredentialUses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each minute, some at a time, when credentials were last used; and all at the end. */
final class UseKeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UseKeeping.class);
  private static final Duration EACH = Duration.ofMinutes(1);

  private final CredentialUses uses;
  private final Thread thread;

  UseKeeping(CredentialUses uses) {
    this.uses = uses;
    this.thread = Thread.ofPlatform().daemon().name("credential-uses").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(EACH);
        flush(CredentialUses.FLUSH_PAGES_MAX);
      }
    } catch (InterruptedException _) {
      // Closed; close() writes the rest.
    }
  }

  private void flush(int pages) {
    try {
      uses.flush(pages);
    } catch (RuntimeException e) {
      // A time of last use that is a minute too old harms nobody; the next flush writes it.
      LOG.warn("the last uses of credentials could not be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      flush(Integer.MAX_VALUE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
