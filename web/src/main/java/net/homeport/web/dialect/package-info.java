/**
 * What the languages of devices have in common: how a request is read, who it says it is from, what
 * names and addresses look like in it, and how an answer leaves.
 *
 * <p>A {@link net.homeport.web.dialect.Dialect} translates in both directions and decides nothing;
 * {@link net.homeport.web.dialect.DialectHandler} is the one way from HTTP to the use case.
 *
 * <p>Start reading at {@link net.homeport.web.dialect.Dialect}.
 */
@NullMarked
package net.homeport.web.dialect;

import org.jspecify.annotations.NullMarked;
