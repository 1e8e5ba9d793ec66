package net.homeport.app.command;

import net.homeport.web.api.ApiModel.CertificateView;
import net.homeport.web.api.ApiModel.StatusView;
import org.jspecify.annotations.Nullable;

/**
 * How a secondary of ours gets zones within TLS (RFC 9103).
 *
 * @param address where DNS over TLS is served, as {@code ADDRESS:PORT}; empty for nowhere
 * @param name a DNS name that the certificate is for; null if nobody vouches for it, or it has none
 * @param pin SHA-256 of the certificate's public key in Base64; null without a certificate
 */
record TransferTls(String address, @Nullable String name, @Nullable String pin) {
  static TransferTls of(StatusView status) {
    CertificateView certificate = status.certificate();
    String name =
        certificate == null || certificate.selfSigned()
            ? null
            : certificate.names().stream()
                .filter(each -> each.matches("[A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*"))
                .findFirst()
                .orElse(null);
    return new TransferTls(
        status.dot().isEmpty() ? "" : status.dot().getFirst(),
        name,
        certificate == null ? null : certificate.pin());
  }
}
