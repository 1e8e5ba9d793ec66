package net.homeport.web.console;

import java.net.InetAddress;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * By which URL a viewer reached this server: what a device is to be given, too.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and port, as the browser sent them
 * @param isLoopback whether other machines reach it by another name
 */
record PageOrigin(String scheme, String authority, boolean isLoopback) {
  private static final String NOBODY = "SERVER";

  /** That of a request; it may be forged, by the viewer alone. */
  static PageOrigin of(Request request) {
    String scheme = ConsoleAccess.isHttps(request) ? "https" : "http";
    String authority = request.getHttpURI().getAuthority();
    return new PageOrigin(
        scheme, authority == null ? NOBODY : authority, isLoopback(request.getHttpURI().getHost()));
  }

  private static boolean isLoopback(@Nullable String host) {
    if (host == null || host.equalsIgnoreCase("localhost")) {
      return true;
    }
    InetAddress address = AddressText.parse(host.replaceAll("[\\[\\]]", ""));
    return address != null && address.isLoopbackAddress();
  }

  /** Without a path. */
  String url() {
    return scheme + "://" + authority;
  }
}
