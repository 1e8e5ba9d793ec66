package net.homeport.app.command;

import net.homeport.web.api.ApiModel.CertificateView;

/** A certificate in one line, for people. */
final class CertificateWords {
  private CertificateWords() {}

  static String of(CertificateView certificate) {
    String names = String.join(", ", certificate.names());
    if (certificate.selfSigned()) {
      return "self-signed certificate for %s%n       SHA-256 %s%n       pin     %s"
          .formatted(names, certificate.sha256(), certificate.pin());
    }
    return "certificate for %s, valid until %s%s"
        .formatted(names, certificate.notAfter(), warning(certificate));
  }

  private static String warning(CertificateView certificate) {
    if (!certificate.endsSoon()) {
      return "";
    }
    return certificate.daysLeft() < 0
        ? ": EXPIRED, clients refuse it"
        : ": only %d days left, has its renewal failed?".formatted(certificate.daysLeft());
  }
}
