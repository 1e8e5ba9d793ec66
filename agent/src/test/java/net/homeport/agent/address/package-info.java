/** Choosing and noticing addresses, without any network but the loopback interface. */
@NullMarked
package net.homeport.agent.address;

import org.jspecify.annotations.NullMarked;
