/**
 * Servers that tell over UDP which address a question came from: by DNS and by STUN.
 *
 * <p>What is believed: an answer from whom we asked, to the question that we asked, and no more
 * than an address in it. When to ask is {@code MirrorSource}'s business.
 *
 * <p>Start reading at {@link net.homeport.agent.mirror.StunMirror}.
 */
@NullMarked
package net.homeport.agent.mirror;

import org.jspecify.annotations.NullMarked;
