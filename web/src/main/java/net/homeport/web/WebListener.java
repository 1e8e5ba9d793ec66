package net.homeport.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import net.homeport.web.http.Answers;
import net.homeport.web.https.HandshakeLimit;
import net.homeport.web.https.HttpsConnections;
import net.homeport.web.https.WebTls;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/** Serves HTTP on one or more addresses, a virtual thread a request. */
public final class WebListener implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int BACKLOG = 1024;
  private static final Duration STOP = Duration.ofSeconds(2);

  private final Server jetty;
  private final List<ServerConnector> connectors = new ArrayList<>();

  private WebListener(Server jetty) {
    this.jetty = jetty;
  }

  /**
   * Listens on these addresses, in clear; port 0 takes a free one.
   *
   * @param routes handler of each path; the longest match wins
   * @throws WebAddressException when an address cannot be listened on; nothing is left open then
   */
  public static WebListener open(List<InetSocketAddress> addresses, Map<PathSpec, Handler> routes)
      throws WebAddressException {
    return open(addresses, null, routes);
  }

  /**
   * Listens on these addresses; port 0 takes a free one.
   *
   * @param addresses where to serve in clear
   * @param https where and how to serve within TLS, if at all
   * @param routes handler of each path; the longest match wins
   * @throws WebAddressException when an address cannot be listened on; nothing is left open then
   */
  public static WebListener open(
      List<InetSocketAddress> addresses, @Nullable WebTls https, Map<PathSpec, Handler> routes)
      throws WebAddressException {
    var pool = new VirtualThreadPool();
    pool.setName("web");
    var jetty = new Server(pool);
    jetty.setStopTimeout(STOP.toMillis());
    var listener = new WebListener(jetty);
    for (InetSocketAddress address : addresses) {
      var plain = new HttpConnectionFactory(HttpsConnections.configuration());
      listener.connectors.add(connector(jetty, address, plain));
    }
    if (https != null) {
      var connections = new HttpsConnections(https);
      for (InetSocketAddress address : https.addresses()) {
        ServerConnector connector = connector(jetty, address, connections.factories());
        connector.addBean(new HandshakeLimit(connector));
        listener.connectors.add(connector);
      }
    }
    listener.connectors.forEach(jetty::addConnector);
    jetty.setHandler(handler(routes));
    jetty.setErrorHandler(new PlainErrors());
    listener.start();
    return listener;
  }

  private static ServerConnector connector(
      Server jetty, InetSocketAddress address, ConnectionFactory... factories) {
    var connector = new ServerConnector(jetty, 1, 1, factories);
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    return connector;
  }

  private static Handler handler(Map<PathSpec, Handler> routes) {
    var paths = new PathMappingsHandler();
    new LinkedHashMap<>(routes).forEach(paths::addMapping);
    return new LeadingSlashes(new Handler.Sequence(paths, new NotFound()));
  }

  private void start() throws WebAddressException {
    // Bound one by one, so that an error tells which address it is about.
    for (ServerConnector connector : connectors) {
      try {
        connector.open();
      } catch (IOException e) {
        close();
        // Jetty wraps what the system said in an exception without it.
        IOException reason = e.getCause() instanceof IOException cause ? cause : e;
        throw new WebAddressException(
            new InetSocketAddress(connector.getHost(), connector.getPort()),
            isSecure(connector),
            reason);
      }
    }
    try {
      jetty.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException("the web cannot be served", e);
    }
  }

  /** Addresses as listened on, with the ports that were chosen for 0. */
  public List<InetSocketAddress> addresses() {
    return connectors.stream()
        .map(connector -> new InetSocketAddress(connector.getHost(), connector.getLocalPort()))
        .toList();
  }

  /** URLs of {@link #addresses}, for people and commands; those in clear come first. */
  public List<String> urls() {
    return connectors.stream().map(WebListener::url).toList();
  }

  private static String url(ServerConnector connector) {
    var address = new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    String host = AddressText.of(address.getAddress());
    return "%s://%s:%d/"
        .formatted(
            isSecure(connector) ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            address.getPort());
  }

  private static boolean isSecure(ServerConnector connector) {
    return connector.getConnectionFactory(SslConnectionFactory.class) != null;
  }

  /** Stops listening; requests on their way get two seconds to end. */
  @Override
  public void close() {
    connectors.forEach(ServerConnector::close);
    try {
      jetty.stop();
    } catch (TimeoutException _) {
      // A request outlived the two seconds; it was cut off, and everything is stopped.
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop serving the web", e);
    }
  }

  private static final class NotFound extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      return Answers.send(
          response, callback, HttpStatus.NOT_FOUND_404, "text/plain", "not found\n");
    }
  }

  /**
   * Requests that are no HTTP: said in one plain line, without a page and without a stack trace.
   */
  private static final class PlainErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus();
      return Answers.send(
          response, callback, status, "text/plain", HttpStatus.getMessage(status) + "\n");
    }
  }
}
