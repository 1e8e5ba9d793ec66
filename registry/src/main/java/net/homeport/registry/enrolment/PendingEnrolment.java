package net.homeport.registry.enrolment;

import java.time.Instant;
import net.homeport.registry.credential.SecretHash;
import org.xbill.DNS.Name;

/**
 * A code that was given out and not used yet.
 *
 * @param code keyed hash of it
 * @param host the host that its device will change
 * @param label how the device is called among those of its host
 * @param expiresAt from when on it is worth nothing
 * @param tries how often it was right and nothing came of it, since what came with it was not
 */
public record PendingEnrolment(
    SecretHash code,
    Name host,
    EnrolmentKind kind,
    String label,
    Instant createdAt,
    Instant expiresAt,
    int tries) {
  /** So often; then the code is worth nothing. */
  public static final int TRIES_MAX = 5;

  PendingEnrolment tried() {
    return new PendingEnrolment(code, host, kind, label, createdAt, expiresAt, tries + 1);
  }
}
