/**
 * The resources under {@code /api/v1} by which the command line works: zones, hosts, status. JSON
 * in and out, errors as RFC 9457 problems.
 *
 * <p>Every resource needs the administrator's token.
 *
 * <p>Start reading at {@link net.homeport.web.api.ApiHandler}.
 */
@NullMarked
package net.homeport.web.api;

import org.jspecify.annotations.NullMarked;
