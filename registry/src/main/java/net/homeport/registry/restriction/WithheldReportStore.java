package net.homeport.registry.restriction;

import java.util.List;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.update.EarlierReport;
import org.xbill.DNS.Name;

/** Where withheld reports are durable. They go with their hosts. */
public interface WithheldReportStore {
  /** All of them. */
  List<EarlierReport> reports();

  /**
   * Keeps these, each in place of one of its host, and forgets those of other hosts, at once.
   *
   * @throws RegistryStoreException when it is not on disk
   */
  void keep(List<EarlierReport> reports, List<Name> forgotten);
}
