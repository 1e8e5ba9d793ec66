/**
 * DNS in and out: the transports and the processors that turn a message into an answer.
 *
 * <p>Enters here: messages and addresses. Stays out: databases, HTTP, any decision about who may
 * change what.
 *
 * <p>Start reading at the sub-packages: {@code udp}, {@code tcp}.
 */
@NullMarked
package net.homeport.nameserver;

import org.jspecify.annotations.NullMarked;
