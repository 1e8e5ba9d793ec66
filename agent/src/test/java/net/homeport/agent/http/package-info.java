/** Against a real HTTP server on the loopback interface. */
@NullMarked
package net.homeport.agent.http;

import org.jspecify.annotations.NullMarked;
