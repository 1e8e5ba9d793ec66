/**
 * What we are authoritative for: an immutable {@link net.homeport.zone.ZoneSnapshot} of all zones
 * and the look-up in it (RFC 1034 4.3.2).
 *
 * <p>Pure data and functions. No network, disk, clock or thread enters here.
 *
 * <p>Start reading at {@link net.homeport.zone.ZoneSnapshot#lookup}, then {@link
 * net.homeport.zone.Zone} and {@link net.homeport.zone.PackedNode} for how names lie in memory.
 */
@NullMarked
package net.homeport.zone;

import org.jspecify.annotations.NullMarked;
