/**
 * deSEC's dialect: dyndns2's words, but what is not sent is deleted.
 *
 * <p>Start reading at {@link net.homeport.web.desec.DesecDialect}.
 */
@NullMarked
package net.homeport.web.desec;

import org.jspecify.annotations.NullMarked;
