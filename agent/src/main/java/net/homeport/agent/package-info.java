/**
 * At the customer's edge: notices that an address changed and publishes it.
 *
 * <p>A program of its own: depends on nothing of the server. Here are its door ({@link
 * net.homeport.agent.UpdateAgent}, start there), its configuration and the loop; {@code address}
 * and {@code publish} do not know each other's callers, nor this package.
 */
@NullMarked
package net.homeport.agent;

import org.jspecify.annotations.NullMarked;
