package net.homeport.registry.naming;

import java.time.Instant;
import org.xbill.DNS.Name;

/**
 * A name that was a host's and is kept back.
 *
 * @param zone apex of the zone it lay in
 * @param username user name of the credential that could change it; empty if unknown
 * @param accountId the account that owned it
 * @param removedAt when the host was removed
 * @param until when anybody may have the name
 */
public record Tombstone(
    Name name, Name zone, String username, long accountId, Instant removedAt, Instant until) {}
