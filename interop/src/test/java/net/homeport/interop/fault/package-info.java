/** What goes wrong around a server: it says so, changes nothing, and goes on. */
@NullMarked
package net.homeport.interop.fault;

import org.jspecify.annotations.NullMarked;
