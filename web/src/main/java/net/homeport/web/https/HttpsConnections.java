package net.homeport.web.https;

import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * How connections within TLS are taken: as {@link WebTls} says; then HTTP/2 or HTTP/1.1, as agreed
 * by ALPN.
 */
public final class HttpsConnections {

  private static final int HEADER_OCTETS_MAX = 16 * 1024;
  private static final int STREAMS_MAX = 100;

  /** Settings in one frame; there are seven. */
  private static final int SETTINGS_MAX = 16;

  /**
   * Frames a second that cost us more than the client: resets, settings, pings, empty ones
   * (CVE-2023-44487, CVE-2019-9512 and its kin). More end the connection.
   */
  private static final int CHEAP_FRAMES_MAX = 100;

  private static final int STREAM_IDLE_MILLIS = 15_000;

  private final SslContextFactory.Server tls = new SslContextFactory.Server();

  /** Takes connections with the certificate of now, and those that replace it. */
  public HttpsConnections(WebTls web) {
    tls.setSslContext(web.context());
    tls.setIncludeProtocols(web.protocols().toArray(String[]::new));
    tls.setExcludeProtocols();
    tls.setIncludeCipherSuites(web.cipherSuites().toArray(String[]::new));
    tls.setExcludeCipherSuites();
    tls.setUseCipherSuitesOrder(true);
    tls.setRenegotiationAllowed(false);
    web.reloads().accept(this::reload);
  }

  private void reload(SSLContext next) {
    try {
      tls.reload(factory -> factory.setSslContext(next));
    } catch (Exception e) {
      throw new IllegalStateException("the web cannot take the new certificate", e);
    }
  }

  /** What the web's requests are like, within TLS or without. */
  public static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Looked at by LeadingSlashes.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with("slashes", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
    http.setRequestHeaderSize(HEADER_OCTETS_MAX);
    http.setSendDateHeader(false);
    // Devices send a request a connection: what is remembered for the next one costs more than it
    // saves.
    http.setHeaderCacheSize(0);
    return http;
  }

  /** The layers of a connection, from the socket up, for one connector. */
  public ConnectionFactory[] factories() {
    HttpConfiguration http = configuration();
    // Any name is served: a certificate is found out by the client, and there is only one.
    http.addCustomizer(new SecureRequestCustomizer(false));
    var http1 = new HttpConnectionFactory(http);
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(STREAMS_MAX);
    http2.setMaxSettingsKeys(SETTINGS_MAX);
    http2.setRateControlFactory(new WindowRateControl.Factory(CHEAP_FRAMES_MAX));
    http2.setStreamIdleTimeout(STREAM_IDLE_MILLIS);
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1
    };
  }
}
