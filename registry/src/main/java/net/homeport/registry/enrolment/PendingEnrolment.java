package net.homeport.registry.enrolment;

import java.time.Instant;
import java.util.HexFormat;
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
 * @param offeredBy who made it, as the history names them; empty if that was not kept
 */
public record PendingEnrolment(
    SecretHash code,
    Name host,
    EnrolmentKind kind,
    String label,
    Instant createdAt,
    Instant expiresAt,
    int tries,
    String offeredBy) {
  /** So often; then the code is worth nothing. */
  public static final int TRIES_MAX = 5;

  private static final int ID_OCTETS = 4;

  /** What it is called where the code itself must not be shown: 8 hexadecimal digits. */
  public String id() {
    return HexFormat.of().formatHex(code.octets(), 0, ID_OCTETS);
  }

  PendingEnrolment tried() {
    return new PendingEnrolment(
        code, host, kind, label, createdAt, expiresAt, tries + 1, offeredBy);
  }
}
