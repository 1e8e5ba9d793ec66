/**
 * From a request message to an answer message. The full lane ({@link
 * net.homeport.nameserver.query.FullLane}) is the specification: it answers everything. The fast
 * lane ({@link net.homeport.nameserver.query.FastLane}) is a cache of it for the usual query.
 *
 * <p>No socket, disk or lock enters here; what is true comes from the zone snapshot.
 */
@NullMarked
package net.homeport.nameserver.query;

import org.jspecify.annotations.NullMarked;
