/**
 * The same zones and questions for Homeport and for NSD, Knot and BIND: where the answers differ, a
 * rule with a name says why, or the run fails. The rules are explained in docs/decisions/0006.
 */
@NullMarked
package net.homeport.interop.differential;

import org.jspecify.annotations.NullMarked;
