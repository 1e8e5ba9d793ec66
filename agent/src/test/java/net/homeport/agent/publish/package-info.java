/** The answers servers give, the waits between requests, and what survives a crash. */
@NullMarked
package net.homeport.agent.publish;

import org.jspecify.annotations.NullMarked;
