package net.homeport.registry.secondary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a mirrored zone.
 *
 * @param nextCheck when a primary is asked next
 * @param lastError why the last check failed, for a person; null if it did not
 * @param expired whether it answers SERVFAIL, for no primary was heard for too long
 */
public record MirrorStatus(Instant nextCheck, @Nullable String lastError, boolean expired) {}
