/**
 * Addresses as text, and blocks of them: never a host name, so nothing is ever looked up.
 *
 * <p>Start reading at {@link net.homeport.zone.address.AddressText}.
 */
@NullMarked
package net.homeport.zone.address;

import org.jspecify.annotations.NullMarked;
