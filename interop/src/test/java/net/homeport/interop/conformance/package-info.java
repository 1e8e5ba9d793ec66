/**
 * What the standards say of an authoritative name server, each sentence as a test of the running
 * program, by the section it stands in. One server with one set of zones for all.
 */
@NullMarked
package net.homeport.interop.conformance;

import org.jspecify.annotations.NullMarked;
