package net.homeport.zone.update;

import net.homeport.zone.Rrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * One RRset, from what to what. Absolute, so applying it twice is as applying it once.
 *
 * @param before null if the RRset did not exist
 * @param after null if it does not exist any more
 * @param attribution who changed it
 */
public record RrsetChange(
    Name owner, int type, @Nullable Rrset before, @Nullable Rrset after, Attribution attribution) {}
