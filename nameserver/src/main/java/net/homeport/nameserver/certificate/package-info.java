/**
 * The certificate with which we prove to be ourselves, to resolvers and browsers alike: read from
 * PEM files, watched for renewal, or made to try things out.
 *
 * <p>Stays out: obtaining a certificate from an authority.
 *
 * <p>Start reading at {@link net.homeport.nameserver.certificate.ReloadingCertificate}.
 */
@NullMarked
package net.homeport.nameserver.certificate;

import org.jspecify.annotations.NullMarked;
