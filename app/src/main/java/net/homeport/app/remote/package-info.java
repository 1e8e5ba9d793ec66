/**
 * How a command finds a running server and talks to its API.
 *
 * <p>Start reading at {@link net.homeport.app.remote.ServerConnection}.
 */
@NullMarked
package net.homeport.app.remote;

import org.jspecify.annotations.NullMarked;
