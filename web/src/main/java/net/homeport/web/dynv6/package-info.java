/**
 * dynv6's dialect.
 *
 * <p>Start reading at {@link net.homeport.web.dynv6.Dynv6Dialect}.
 */
@NullMarked
package net.homeport.web.dynv6;

import org.jspecify.annotations.NullMarked;
