package net.homeport.nameserver.notify;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Takes the news that a zone has changed at its primary. Safe for any thread; returns at once. */
@FunctionalInterface
public interface NotifyDoor {
  /** Listens to nobody. */
  NotifyDoor CLOSED = (_, _, _, _) -> Verdict.NO_SUCH_ZONE;

  /** Whether a message is listened to. */
  enum Verdict {
    /** The zone is asked for at its primaries, unless it is known to be as told. */
    HEARD,
    /** There is the zone, but it does not come from one that is listened to about it. */
    NOT_FROM_THERE,
    /** There is no such zone. */
    NO_SUCH_ZONE
  }

  /**
   * Someone says that a zone has changed.
   *
   * @param from where it came from, which proves nothing by UDP
   * @param key what signed it, verified; null if nothing did
   * @param serial that of the zone there, if it was told: a hint (RFC 1996 3.7)
   * @return whether we listen to this one about this zone
   */
  Verdict notified(Name zone, InetAddress from, @Nullable Name key, @Nullable Long serial);
}
