/**
 * Durability behind the ports of zone and registry.
 *
 * <p>No decision about names or hosts enters here: what is given is kept, and given back.
 *
 * <p>Start reading at {@code sqlite} for the embedded store, and {@code folder} for the data
 * folder.
 */
@NullMarked
package net.homeport.store;

import org.jspecify.annotations.NullMarked;
