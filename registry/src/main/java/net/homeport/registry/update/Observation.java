package net.homeport.registry.update;

import java.time.Instant;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;

/**
 * That a device was heard of a host that it may change, and what became of it.
 *
 * @param at when it was heard
 */
public record Observation(
    Credential credential,
    RequestOrigin origin,
    Host host,
    HostWish wish,
    UpdateOutcome outcome,
    Instant at) {}
