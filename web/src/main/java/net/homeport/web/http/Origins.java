package net.homeport.web.http;

import java.util.List;
import net.homeport.registry.credential.RequestOrigin;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells where an HTTP request came from, and how, for those who decide what it may do. */
public final class Origins {
  /** Of what a client calls itself, more is not kept. */
  private static final int USER_AGENT_CHARACTERS_MAX = 200;

  private final ClientAddress clientAddress;

  public Origins(ClientAddress clientAddress) {
    this.clientAddress = clientAddress;
  }

  /**
   * The origin of a request.
   *
   * @param frontDoor the door it came through
   */
  public RequestOrigin of(Request request, String frontDoor) {
    return new RequestOrigin(
        clientAddress.of(request), frontDoor, tlsVersion(request), userAgent(request));
  }

  /**
   * A trusted proxy that says how it was spoken to knows better than our connection with it; nobody
   * else is believed. Of several words, written by one proxy after the other, all must be https.
   */
  private @Nullable String tlsVersion(Request request) {
    List<String> schemes = request.getHeaders().getCSV(HttpHeader.X_FORWARDED_PROTO, false);
    if (!schemes.isEmpty() && clientAddress.isFromProxy(request)) {
      return schemes.stream().allMatch(scheme -> scheme.equalsIgnoreCase("https"))
          ? RequestOrigin.HTTPS_TO_PROXY
          : null;
    }
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData data
        ? data.sslSession().getProtocol()
        : null;
  }

  private static String userAgent(Request request) {
    String text = request.getHeaders().get(HttpHeader.USER_AGENT);
    if (text == null) {
      return "";
    }
    return text.length() <= USER_AGENT_CHARACTERS_MAX
        ? text
        : text.substring(0, USER_AGENT_CHARACTERS_MAX);
  }
}
