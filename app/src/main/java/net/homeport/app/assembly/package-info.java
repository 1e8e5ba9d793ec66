/**
 * The wiring of a server: every room made, connected and, at the end, closed in order.
 *
 * <p>Start reading at {@link net.homeport.app.assembly.RunningServer#start}.
 */
@NullMarked
package net.homeport.app.assembly;

import org.jspecify.annotations.NullMarked;
