package net.homeport.zone.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What is so of one record's lease from now on.
 *
 * @param zone apex of the record's zone
 * @param record which record; its TTL does not matter
 * @param expires when it leaves the zone; null if it stays for good, or is gone
 */
public record Lease(Name zone, Record record, @Nullable Instant expires) {}
