package net.homeport.zone.writer;

import java.util.List;
import java.util.Optional;
import net.homeport.zone.update.Changeset;
import org.xbill.DNS.Name;

/** The changes of the past, for those who have an older version of a zone (RFC 1995). */
@FunctionalInterface
public interface ChangeLog {
  /**
   * What leads from one serial of a zone to another, in order. May read the disk; not for the query
   * path. Safe for any thread.
   *
   * @param zone apex of a zone that exists; one of the same name before it does not count
   * @param after the serial that is continued
   * @param upTo the serial that is reached, such as that of a snapshot
   * @param octetsMax bound of what is read, in octets of the store
   * @return empty if the log does not reach back so far, knows no such serials, or the changes are
   *     larger than {@code octetsMax}
   */
  Optional<List<Changeset>> between(Name zone, long after, long upTo, long octetsMax);
}
