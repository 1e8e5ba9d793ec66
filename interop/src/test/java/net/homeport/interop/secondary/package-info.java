/**
 * Knot, NSD and BIND as secondaries of Homeport, with the configuration that it prints for them.
 */
@NullMarked
package net.homeport.interop.secondary;

import org.jspecify.annotations.NullMarked;
