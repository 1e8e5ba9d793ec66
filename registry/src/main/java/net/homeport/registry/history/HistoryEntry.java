package net.homeport.registry.history;

import net.homeport.zone.Rrset;
import net.homeport.zone.update.Attribution;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * One line of the history: a change of an RRset, or of a whole zone.
 *
 * @param zone apex
 * @param serial of the zone after it
 * @param owner the owner name; the apex if the whole zone came or went
 * @param type RR type; 0 if the whole zone came or went
 * @param before null if there was none
 * @param after null if there is none any more
 * @param by who, through which door, from where, when, under which rule
 */
public record HistoryEntry(
    Name zone,
    LoggedChange.Kind kind,
    long serial,
    Name owner,
    int type,
    @Nullable Rrset before,
    @Nullable Rrset after,
    Attribution by) {}
