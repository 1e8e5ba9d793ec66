/**
 * What devices said last, what they were told, and what they will make of it: for people who look
 * for the fault.
 *
 * <p>In memory only and bounded; no secret enters it.
 *
 * <p>Start reading at {@link net.homeport.web.exchange.ExchangeLog}.
 */
@NullMarked
package net.homeport.web.exchange;

import org.jspecify.annotations.NullMarked;
