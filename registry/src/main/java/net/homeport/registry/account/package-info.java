/**
 * People: accounts (organisations), their members with roles, the names an account may have hosts
 * under, and whose a host is.
 *
 * <p>Devices are not people: what they prove themselves with is in {@code registry.credential}.
 *
 * <p>Start reading at {@link net.homeport.registry.account.Authorization}.
 */
@NullMarked
package net.homeport.registry.account;

import org.jspecify.annotations.NullMarked;
