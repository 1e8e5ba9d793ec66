package net.homeport.registry.credential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * When each credential was last used, to the minute: four octets each, in pages by the numbers of
 * credentials, which are dense. A use writes nothing to the disk; {@link #flush} does, some pages
 * at a time. Thread safe.
 */
public final class CredentialUses {
  /** Credentials of a page. */
  public static final int PAGE_CREDENTIALS = 1024;

  /** Most pages that one flush writes unless it is the last: 256 kB. */
  public static final int FLUSH_PAGES_MAX = 64;

  private static final class Page {
    private final AtomicIntegerArray minutes;
    private volatile boolean dirty;

    Page(int[] minutes) {
      this.minutes = new AtomicIntegerArray(minutes);
    }
  }

  private final CredentialStore store;
  private final ConcurrentMap<Integer, Page> pages = new ConcurrentHashMap<>();
  private int nextToFlush;

  /** Loads what the store holds. */
  public CredentialUses(CredentialStore store) {
    this.store = store;
    store.uses().forEach((number, minutes) -> pages.put(number, new Page(minutes)));
  }

  private static int pageNumber(long credentialId) {
    return Math.toIntExact(credentialId / PAGE_CREDENTIALS);
  }

  /** It is used now. */
  public void used(long credentialId, Instant now) {
    int minute = (int) TimeUnit.SECONDS.toMinutes(now.getEpochSecond());
    Page page = pages.get(pageNumber(credentialId));
    if (page == null) {
      page =
          pages.computeIfAbsent(pageNumber(credentialId), _ -> new Page(new int[PAGE_CREDENTIALS]));
    }
    int index = (int) (credentialId % PAGE_CREDENTIALS);
    if (page.minutes.getAndSet(index, minute) != minute) {
      page.dirty = true;
    }
  }

  /** When it was last used, to the minute; null if never. */
  public @Nullable Instant lastUse(long credentialId) {
    Page page = pages.get(pageNumber(credentialId));
    int minute = page == null ? 0 : page.minutes.get((int) (credentialId % PAGE_CREDENTIALS));
    return minute == 0 ? null : Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute));
  }

  /**
   * Writes pages that changed, each in its turn.
   *
   * @param pagesMax how many at most
   * @return how many were written
   */
  public synchronized int flush(int pagesMax) {
    List<Integer> numbers = new ArrayList<>(pages.keySet());
    numbers.sort(null);
    Map<Integer, int[]> changed = new HashMap<>();
    int looked = 0;
    for (; looked < numbers.size() && changed.size() < pagesMax; looked++) {
      int number = numbers.get((nextToFlush + looked) % numbers.size());
      Page page = pages.get(number);
      if (page != null && page.dirty) {
        // Before it is read: a use that comes in between makes it dirty again.
        page.dirty = false;
        int[] minutes = new int[PAGE_CREDENTIALS];
        for (int index = 0; index < minutes.length; index++) {
          minutes[index] = page.minutes.get(index);
        }
        changed.put(number, minutes);
      }
    }
    if (changed.isEmpty()) {
      return 0;
    }
    nextToFlush = (nextToFlush + looked) % numbers.size();
    try {
      store.saveUses(changed);
    } catch (RuntimeException e) {
      for (int number : changed.keySet()) {
        Page page = pages.get(number);
        if (page != null) {
          page.dirty = true;
        }
      }
      throw e;
    }
    return changed.size();
  }
}
