/**
 * Targets for a fuzzer: each takes outside octets, and says what must hold whatever they are. In
 * the build they run over the kept corpora; {@code fuzz/run} looks for new inputs.
 */
@NullMarked
package net.homeport.fuzz;

import org.jspecify.annotations.NullMarked;
