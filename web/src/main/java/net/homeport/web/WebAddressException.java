package net.homeport.web;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;

/** An address cannot be listened on; the reason is what the system said. */
public final class WebAddressException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final InetSocketAddress address;
  private final boolean secure;
  private final IOException reason;

  WebAddressException(InetSocketAddress address, boolean secure, IOException reason) {
    super("cannot listen on " + address, reason);
    this.address = address;
    this.secure = secure;
    this.reason = reason;
  }

  /** What the system said. */
  public IOException reason() {
    return reason;
  }

  /** Whether it was to serve within TLS. */
  public boolean isSecure() {
    return secure;
  }

  /** The address and port. */
  public InetSocketAddress address() {
    return address;
  }
}
