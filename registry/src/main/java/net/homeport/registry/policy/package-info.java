/**
 * What the key of an RFC 2136 update may change: rules, and the one decision over them.
 *
 * <p>Deny is the default, and all of a message is allowed or none of it. Who the requestor is has
 * been proven before; whether a static record is touched is seen by the evaluation.
 *
 * <p>Start reading at {@link net.homeport.registry.policy.UpdatePolicy#decide}.
 */
@NullMarked
package net.homeport.registry.policy;

import org.jspecify.annotations.NullMarked;
