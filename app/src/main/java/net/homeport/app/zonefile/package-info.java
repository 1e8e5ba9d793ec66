/**
 * Zone files on this machine: read with what they include, and name servers asked whether they
 * serve what a file says.
 *
 * <p>Start reading at {@link net.homeport.app.zonefile.ZoneFile}.
 */
@NullMarked
package net.homeport.app.zonefile;

import org.jspecify.annotations.NullMarked;
