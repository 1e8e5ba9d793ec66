/**
 * Sites: the networks behind one router, and the hosts whose addresses follow from its report.
 *
 * <p>A site has named address sources, such as the prefix of its network. A host's plan says how
 * its address follows from one. A report changes all hosts of the site in the request's own commit,
 * one update a zone; what the sources were is stored after it, for hosts that join later. A crash
 * between the two loses nothing: the zone is the truth, and the next report mends the rest.
 *
 * <p>Start reading at {@link net.homeport.registry.site.SitePlanner}.
 */
@NullMarked
package net.homeport.registry.site;

import org.jspecify.annotations.NullMarked;
