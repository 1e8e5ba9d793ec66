/**
 * Which names may be hosts: not reserved ones, not those that look like a brand, not too many, and
 * none that was another's a short while ago; and which records point at names that nobody holds.
 *
 * <p>Start reading at {@link net.homeport.registry.naming.NameRules}, {@link
 * net.homeport.registry.naming.Quarantine} and {@link
 * net.homeport.registry.naming.DanglingRecords}.
 */
@NullMarked
package net.homeport.registry.naming;

import org.jspecify.annotations.NullMarked;
