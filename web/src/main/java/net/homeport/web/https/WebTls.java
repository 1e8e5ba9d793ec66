package net.homeport.web.https;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Where the web is served within TLS, how, and by which certificate.
 *
 * @param addresses where to listen; port 0 takes a free one
 * @param protocols the versions of TLS that are spoken, by their names in JSSE
 * @param cipherSuites the cipher suites that are spoken, best first, by their names in JSSE
 * @param context the certificate now
 * @param reloads takes a listener, which is told of each certificate that replaces it
 */
public record WebTls(
    List<InetSocketAddress> addresses,
    List<String> protocols,
    List<String> cipherSuites,
    SSLContext context,
    Consumer<Consumer<SSLContext>> reloads) {

  public WebTls {
    addresses = List.copyOf(addresses);
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }
}
