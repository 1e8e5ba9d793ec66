/**
 * Leases of records (RFC 9664): a record whose lease is not renewed leaves the zone by itself.
 *
 * <p>Which records are leased until when; taking them out is the writer's, under its one order.
 *
 * <p>Start reading at {@link net.homeport.zone.lease.LeaseBook}.
 */
@NullMarked
package net.homeport.zone.lease;

import org.jspecify.annotations.NullMarked;
