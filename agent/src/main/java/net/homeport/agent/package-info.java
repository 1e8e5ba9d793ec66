/**
 * At the customer's edge: notices that an address changed and publishes it.
 *
 * <p>A program of its own: depends on nothing of the server.
 */
@NullMarked
package net.homeport.agent;

import org.jspecify.annotations.NullMarked;
