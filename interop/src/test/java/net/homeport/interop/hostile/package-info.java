/**
 * Traffic that means harm, or nothing at all: the server goes on answering, keeps its size and its
 * log, and recovers by itself.
 */
@NullMarked
package net.homeport.interop.hostile;

import org.jspecify.annotations.NullMarked;
