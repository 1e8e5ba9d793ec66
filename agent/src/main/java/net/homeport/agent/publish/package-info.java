/**
 * Bringing an address to the server: remember the intent, ask once, judge the answer, confirm.
 *
 * <p>Does not know where addresses come from. Start at {@link
 * net.homeport.agent.publish.Publication}, which decides, then {@link
 * net.homeport.agent.publish.PublishOutcome}, which is what a server can say.
 */
@NullMarked
package net.homeport.agent.publish;

import org.jspecify.annotations.NullMarked;
