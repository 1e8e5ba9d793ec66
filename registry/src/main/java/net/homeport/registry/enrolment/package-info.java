/**
 * Enrolment: a device turns a one-time code into a secret or key of its own, so that nobody has to
 * carry one to it.
 *
 * <p>Start reading at {@link net.homeport.registry.enrolment.Enrolments}.
 */
@NullMarked
package net.homeport.registry.enrolment;

import org.jspecify.annotations.NullMarked;
