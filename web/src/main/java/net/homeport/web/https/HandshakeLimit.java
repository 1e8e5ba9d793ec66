package net.homeport.web.https;

import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;

/** Closes a connection whose TLS handshake takes longer than five seconds, drop by drop or not. */
public final class HandshakeLimit implements Connection.Listener {

  private static final int LIMIT_SECONDS = 5;

  /** What a session is called before it is agreed on ({@link SSLEngine#getSession}). */
  private static final String NOTHING_AGREED = "SSL_NULL_WITH_NULL_NULL";

  private final ServerConnector connector;

  /**
   * @param connector whose scheduler keeps the time
   */
  public HandshakeLimit(ServerConnector connector) {
    this.connector = connector;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      var ignored =
          connector
              .getScheduler()
              .schedule(() -> closeIfUnsettled(tls), LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void closeIfUnsettled(SslConnection tls) {
    if (tls.getSSLEngine().getSession().getCipherSuite().equals(NOTHING_AGREED)) {
      tls.getEndPoint().close();
    }
  }
}
