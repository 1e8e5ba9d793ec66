/**
 * Answers to ACME's DNS challenges (RFC 8555 8.4): TXT records at {@code _acme-challenge} of a
 * host, by who may publish them and nothing else, gone by themselves after an hour.
 *
 * <p>Start reading at {@link net.homeport.registry.challenge.Challenges}.
 */
@NullMarked
package net.homeport.registry.challenge;

import org.jspecify.annotations.NullMarked;
