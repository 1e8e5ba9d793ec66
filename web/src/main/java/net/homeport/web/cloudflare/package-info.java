/**
 * The part of Cloudflare's API v4 that clients of Dynamic DNS and of ACME's DNS challenges use:
 * zones and records as a credential may change them.
 *
 * <p>Start reading at {@link net.homeport.web.cloudflare.CloudflareHandler}.
 */
@NullMarked
package net.homeport.web.cloudflare;

import org.jspecify.annotations.NullMarked;
