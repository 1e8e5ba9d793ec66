package net.homeport.nameserver.certificate;

/** A certificate or key that cannot be used; the message says which file, why, and what to do. */
public final class CertificateFileException extends Exception {
  private static final long serialVersionUID = 1L;

  CertificateFileException(String message) {
    super(message);
  }

  CertificateFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
