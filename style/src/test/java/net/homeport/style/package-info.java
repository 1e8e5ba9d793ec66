/**
 * How the source is laid out, held by a test: google-java-format, run on the JDK that compiles
 * Homeport.
 *
 * <p>Nothing of the product enters here. Start reading at {@link net.homeport.style.FormatTest}.
 */
@NullMarked
package net.homeport.style;

import org.jspecify.annotations.NullMarked;
