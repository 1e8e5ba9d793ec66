package net.homeport.registry.enrolment;

import java.util.List;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.host.RegistryStoreException;

/** Where codes are durable. Every change is on disk when the method returns. */
public interface EnrolmentStore {
  /** All codes, also those that have expired. */
  List<PendingEnrolment> pending();

  /**
   * Keeps a code, in place of that of the same hash.
   *
   * @throws RegistryStoreException when nothing was stored
   */
  void put(PendingEnrolment enrolment);

  /**
   * Removes a code.
   *
   * @throws RegistryStoreException when nothing was removed
   */
  void remove(SecretHash code);
}
