/**
 * When hosts were last heard, and what their silence does: a stale address must not go on pointing
 * at whoever has it next.
 *
 * <p>Start reading at {@link net.homeport.registry.liveness.LivenessSweeper#tick}.
 */
@NullMarked
package net.homeport.registry.liveness;

import org.jspecify.annotations.NullMarked;
