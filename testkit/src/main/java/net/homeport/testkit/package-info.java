/**
 * Fakes and vocabulary for tests: clock, DNS and HTTP clients, faults.
 *
 * <p>Knows nothing of the rooms of the house, so that every room may use it.
 */
@NullMarked
package net.homeport.testkit;

import org.jspecify.annotations.NullMarked;
