/**
 * The dyndns2 front door (Dyn's Remote Access API): what routers, ddclient and inadyn speak.
 *
 * <p>Parses and translates, never decides; the decision is {@link
 * net.homeport.registry.update.HostUpdates}.
 *
 * <p>Start reading at {@link net.homeport.web.dyndns2.Dyndns2Handler}, then {@link
 * net.homeport.web.dyndns2.Dyndns2Reply} for words and status codes.
 */
@NullMarked
package net.homeport.web.dyndns2;

import org.jspecify.annotations.NullMarked;
