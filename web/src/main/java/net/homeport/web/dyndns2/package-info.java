/**
 * The dyndns2 dialect (Dyn's Remote Access API), with what No-IP, nsupdate.info and FRITZ!Box add:
 * what routers, ddclient and inadyn speak.
 *
 * <p>Start reading at {@link net.homeport.web.dyndns2.Dyndns2Dialect}, then {@link
 * net.homeport.web.dyndns2.Dyndns2Words} for words and status codes.
 */
@NullMarked
package net.homeport.web.dyndns2;

import org.jspecify.annotations.NullMarked;
