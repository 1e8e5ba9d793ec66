/** Bytes as the kernel writes them, and the real kernel where there is one. */
@NullMarked
package net.homeport.agent.netlink;

import org.jspecify.annotations.NullMarked;
