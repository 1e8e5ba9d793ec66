package net.homeport.registry.host;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A wish to add a host.
 *
 * @param ttl TTL of its address records in seconds
 * @param username of the credential that it joins; null for one of its own, whose user name is the
 *     host's name
 * @param claim for whom, and which rules of names are set aside
 */
public record HostRequest(Name name, long ttl, @Nullable String username, NameClaim claim) {}
