package net.homeport.registry.liveness;

import java.time.Instant;
import net.homeport.registry.host.Host;

/**
 * A host whose silence has become longer.
 *
 * @param state in which it is now
 * @param acted the last state whose action was done
 * @param action what is to be done
 */
record DueHost(
    Host host, LivenessState state, LivenessState acted, LivenessAction action, Instant lastSeen) {}
