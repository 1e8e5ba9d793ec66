/**
 * The composition root: the one program, its configuration, its wiring and its life.
 *
 * <p>The only room that makes clocks, random sources, threads and sockets and hands them to others.
 *
 * <p>Start reading at {@link net.homeport.app.Main}, then {@code assembly}.
 */
@NullMarked
package net.homeport.app;

import org.jspecify.annotations.NullMarked;
