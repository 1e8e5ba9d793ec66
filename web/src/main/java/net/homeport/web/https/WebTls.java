package net.homeport.web.https;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Where the web is served within TLS, and by which certificate.
 *
 * @param addresses where to listen; port 0 takes a free one
 * @param context the certificate now
 * @param reloads takes a listener, which is told of each certificate that replaces it
 */
public record WebTls(
    List<InetSocketAddress> addresses, SSLContext context, Consumer<Consumer<SSLContext>> reloads) {

  public WebTls {
    addresses = List.copyOf(addresses);
  }
}
