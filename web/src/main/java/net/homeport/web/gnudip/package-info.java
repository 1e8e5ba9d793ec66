/**
 * GnuDIP, which old routers speak: over TCP, and in a form of HTTP. A device proves that it knows
 * the secret by a digest of it and a salt of ours; what it asks is not protected.
 *
 * <p>Start reading at {@link net.homeport.web.gnudip.GnuDipDialect}.
 */
@NullMarked
package net.homeport.web.gnudip;

import org.jspecify.annotations.NullMarked;
