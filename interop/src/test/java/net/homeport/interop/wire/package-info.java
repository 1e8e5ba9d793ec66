/**
 * DNS messages octet by octet: made by hand, sent as they are, and read strictly. For checks where
 * a library would be too polite to send, or too kind to see, what is wrong.
 */
@NullMarked
package net.homeport.interop.wire;

import org.jspecify.annotations.NullMarked;
