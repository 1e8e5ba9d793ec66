/**
 * What all front doors share: who is calling, plain answers, request parameters, authentication.
 *
 * <p>Nothing here knows a dialect.
 *
 * <p>Start reading at {@link net.homeport.web.http.ClientAddress}.
 */
@NullMarked
package net.homeport.web.http;

import org.jspecify.annotations.NullMarked;
