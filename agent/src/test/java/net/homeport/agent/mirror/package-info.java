/** Mirrors before real sockets on the loopback interface. */
@NullMarked
package net.homeport.agent.mirror;

import org.jspecify.annotations.NullMarked;
