/**
 * Addresses that change hands: what is published for a host of one account is reported by a host of
 * another, so that the first one's visitors may reach the second one.
 *
 * <p>Start reading at {@link net.homeport.registry.alarm.AddressOwners}.
 */
@NullMarked
package net.homeport.registry.alarm;

import org.jspecify.annotations.NullMarked;
