package net.homeport.registry.restriction;

import java.time.Instant;
import org.xbill.DNS.Name;

/**
 * That a person approved a host. It goes with the host.
 *
 * @param by who
 */
public record HostApproval(Name host, String by, Instant at) {}
