package net.homeport.nameserver.secondary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a zone that another server is the primary of.
 *
 * @param lastChecked when a primary was last heard; null if never
 * @param lastTransferred when something was last transferred; null if not since the start
 * @param nextCheck when a primary is asked next
 * @param lastError why the last check failed, for a person; null if it did not
 * @param expired whether it answers SERVFAIL, for no primary was heard for too long
 */
public record SecondaryStatus(
    @Nullable Instant lastChecked,
    @Nullable Instant lastTransferred,
    Instant nextCheck,
    @Nullable String lastError,
    boolean expired) {}
