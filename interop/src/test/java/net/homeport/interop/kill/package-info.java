/**
 * The kill test: no acknowledged update is lost by SIGKILL.
 *
 * <p>Start reading at {@link net.homeport.interop.kill.KillTest}.
 */
@NullMarked
package net.homeport.interop.kill;

import org.jspecify.annotations.NullMarked;
