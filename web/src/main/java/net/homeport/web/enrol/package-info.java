/**
 * {@code /enrol}: where a device turns a one-time code into a secret or key of its own.
 *
 * <p>Start reading at {@link net.homeport.web.enrol.EnrolHandler}.
 */
@NullMarked
package net.homeport.web.enrol;

import org.jspecify.annotations.NullMarked;
