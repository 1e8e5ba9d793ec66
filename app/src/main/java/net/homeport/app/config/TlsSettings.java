package net.homeport.app.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import net.homeport.nameserver.certificate.CertificateFiles;

/**
 * What is served within TLS.
 *
 * @param dot where DNS over TLS is served; port 0 takes a free one
 * @param https where the web and DNS over HTTPS are served; port 0 takes a free one
 * @param certificate files of the certificate, or empty to make one that nobody vouches for
 */
public record TlsSettings(
    List<InetSocketAddress> dot,
    List<InetSocketAddress> https,
    Optional<CertificateFiles> certificate) {

  /** Nothing within TLS. */
  public static final TlsSettings NONE = new TlsSettings(List.of(), List.of(), Optional.empty());

  public TlsSettings {
    dot = List.copyOf(dot);
    https = List.copyOf(https);
  }

  /** Whether anything is served within TLS. */
  public boolean isWanted() {
    return !dot.isEmpty() || !https.isEmpty();
  }
}
