/**
 * Tells a client its own address: the cheapest way for a device to learn it.
 *
 * <p>Start reading at {@link net.homeport.web.echo.CheckIpHandler}.
 */
@NullMarked
package net.homeport.web.echo;

import org.jspecify.annotations.NullMarked;
