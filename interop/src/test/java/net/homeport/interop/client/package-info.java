/** Update clients that others wrote, with the configuration that Homeport prints for them. */
@NullMarked
package net.homeport.interop.client;

import org.jspecify.annotations.NullMarked;
