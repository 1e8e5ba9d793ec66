/**
 * The web console: every host and its present address, live in a browser; what is known of one
 * host, and of sites; and who may look at it.
 *
 * <p>It shows and never changes: no zone, host or credential is touched from here.
 *
 * <p>Start reading at {@link net.homeport.web.console.ConsoleHandlers}: all its paths stand there.
 */
@NullMarked
package net.homeport.web.console;

import org.jspecify.annotations.NullMarked;
