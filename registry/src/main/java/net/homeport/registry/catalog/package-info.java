/**
 * Catalog zones (RFC 9432): zones that list this server's zones, so that secondaries get a new one
 * by themselves.
 *
 * <p>Start reading at {@link net.homeport.registry.catalog.Catalogs}.
 */
@NullMarked
package net.homeport.registry.catalog;

import org.jspecify.annotations.NullMarked;
