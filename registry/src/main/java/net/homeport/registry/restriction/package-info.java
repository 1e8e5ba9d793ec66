/**
 * What may be published for a host, and whether anything may: policies of hosts, of zones and of
 * all, blocks, approvals. Each rule is an {@link net.homeport.registry.update.UpdateCheck}.
 *
 * <p>What is set is in memory over a store and changes there after it is durable. A host without a
 * policy of its own costs nothing.
 *
 * <p>Start reading at {@link net.homeport.registry.restriction.HostPolicies}, then {@link
 * net.homeport.registry.restriction.RestrictionChecks}.
 */
@NullMarked
package net.homeport.registry.restriction;

import org.jspecify.annotations.NullMarked;
