/**
 * One HTTP GET with every bound set: time, size, redirects, connection reuse.
 *
 * <p>Knows nothing of addresses or of dyndns2. Start at {@link net.homeport.agent.http.BoundedGet}.
 */
@NullMarked
package net.homeport.agent.http;

import org.jspecify.annotations.NullMarked;
