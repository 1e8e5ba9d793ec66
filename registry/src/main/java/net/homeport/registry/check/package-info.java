/**
 * Whether what is stored is whole.
 *
 * <p>Start reading at {@link net.homeport.registry.check.IntegrityCheck}.
 */
@NullMarked
package net.homeport.registry.check;

import org.jspecify.annotations.NullMarked;
