package net.homeport.registry.credential;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, and how.
 *
 * @param source the client's address, as {@code ClientAddress} tells it behind trusted proxies
 * @param frontDoor the door it came through, such as {@code dyndns2}; kept with the change
 * @param tlsVersion the version of TLS that carried it, such as {@code TLSv1.3}, or {@link
 *     #HTTPS_TO_PROXY}; null in clear
 * @param userAgent what the client calls itself, as sent; empty if it does not
 */
public record RequestOrigin(
    InetAddress source, String frontDoor, @Nullable String tlsVersion, String userAgent) {
  /** It came within TLS to a proxy that is trusted and says so, but not which version. */
  public static final String HTTPS_TO_PROXY = "https to a proxy";

  /** A request in clear by a client that does not say what it is. */
  public RequestOrigin(InetAddress source, String frontDoor) {
    this(source, frontDoor, null, "");
  }
}
