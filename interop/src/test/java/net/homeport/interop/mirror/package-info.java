/** Homeport as a secondary of other programs. */
@NullMarked
package net.homeport.interop.mirror;

import org.jspecify.annotations.NullMarked;
