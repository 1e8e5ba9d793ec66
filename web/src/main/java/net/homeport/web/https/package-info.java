/**
 * HTTP within TLS: HTTP/2 and HTTP/1.1 by ALPN, and the limits which a stranger meets there.
 *
 * <p>Stays out: where the certificate comes from.
 *
 * <p>Start reading at {@link net.homeport.web.https.HttpsConnections}.
 */
@NullMarked
package net.homeport.web.https;

import org.jspecify.annotations.NullMarked;
