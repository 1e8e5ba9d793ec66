/** Programs that others wrote send signed updates, with the configuration that Homeport prints. */
@NullMarked
package net.homeport.interop.requestor;

import org.jspecify.annotations.NullMarked;
