/**
 * The front door of acme-dns: what lego, acme.sh, cert-manager, Caddy and Traefik speak to answer
 * ACME's DNS challenges without any other right.
 *
 * <p>Unlike acme-dns itself, registering needs a host's credential, and the name is that of the
 * host: {@code _acme-challenge} of it, so that for the host itself no CNAME is needed.
 *
 * <p>Start reading at {@link net.homeport.web.acmedns.AcmeDnsHandler}.
 */
@NullMarked
package net.homeport.web.acmedns;

import org.jspecify.annotations.NullMarked;
