/**
 * The commands of {@code ./homeport}, one class each: flags in, words or JSON out, an exit code.
 *
 * <p>A command talks to a running server over its API; only {@code serve} and {@code demo} start
 * one.
 *
 * <p>Start reading at {@link net.homeport.app.command.HomeportCommand}.
 */
@NullMarked
package net.homeport.app.command;

import org.jspecify.annotations.NullMarked;
