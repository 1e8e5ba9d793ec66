package net.homeport.registry.account;

import java.time.Instant;
import net.homeport.registry.credential.SecretHash;
import org.jspecify.annotations.Nullable;

/**
 * What a person's programs sign in with, instead of the password.
 *
 * @param id number in the store
 * @param label what it is for, in words of its owner
 * @param limit the most it may do, whatever its owner may
 * @param accountId the only account it is for; null for all of its owner's
 * @param expiresAt null if it does not expire
 */
public record PersonalToken(
    long id,
    long personId,
    SecretHash hash,
    String label,
    Role limit,
    @Nullable Long accountId,
    @Nullable Instant expiresAt,
    Instant createdAt) {
  /** Whether it may less than its owner. */
  public boolean isLimited() {
    return limit != Role.OWNER || accountId != null;
  }
}
