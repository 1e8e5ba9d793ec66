package net.homeport.nameserver.tls;

import javax.net.ssl.SSLContext;

/** For clients of tests to which it is all the same who the server is. */
public final class AnyCertificate {
  private AnyCertificate() {}

  /** A new context, without sessions. */
  public static SSLContext context() {
    return TlsClient.context(new TlsClient.Trust());
  }
}
