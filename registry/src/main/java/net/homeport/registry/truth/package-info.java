/**
 * What addresses mean, and what is done with those that nobody can reach: published, acknowledged
 * only, or refused, by a policy for each zone.
 *
 * <p>Start reading at {@link net.homeport.registry.truth.AddressTruth#check}.
 */
@NullMarked
package net.homeport.registry.truth;

import org.jspecify.annotations.NullMarked;
