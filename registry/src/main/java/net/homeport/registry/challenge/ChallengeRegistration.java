package net.homeport.registry.challenge;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import net.homeport.registry.credential.SecretHash;
import net.homeport.zone.address.AddressBlock;
import org.xbill.DNS.Name;

/**
 * A client that may answer the challenges of one host, and nothing else.
 *
 * @param id what the client calls itself: a random UUID
 * @param host whose challenges it answers
 * @param secretHash of what it proves itself with
 * @param allowedFrom from where; empty for anywhere
 * @param credentialId of the credential that made it, without which it may do nothing; {@link
 *     #NO_CREDENTIAL} of those from before this was kept, which stand for themselves
 */
public record ChallengeRegistration(
    String id,
    Name host,
    SecretHash secretHash,
    List<AddressBlock> allowedFrom,
    Instant createdAt,
    long credentialId) {
  /** No credential has this number. */
  public static final long NO_CREDENTIAL = 0;

  public ChallengeRegistration {
    allowedFrom = List.copyOf(allowedFrom);
  }

  /** Whether it may come from there. */
  public boolean allows(InetAddress source) {
    return allowedFrom.isEmpty() || allowedFrom.stream().anyMatch(block -> block.contains(source));
  }
}
