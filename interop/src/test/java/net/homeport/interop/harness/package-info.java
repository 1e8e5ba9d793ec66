/** The server as a real process, and the machine around it: commands, networks, disks, DNS. */
@NullMarked
package net.homeport.interop.harness;

import org.jspecify.annotations.NullMarked;
