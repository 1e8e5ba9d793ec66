package net.homeport.nameserver.socket;

import java.net.InetSocketAddress;

/** Another socket holds the port. The message names the process which owns it, where possible. */
public final class PortInUseException extends ListenException {

  private static final long serialVersionUID = 1L;

  private static final int EXAMPLE_PORT = 5300;

  PortInUseException(Endpoint endpoint, String holder, Throwable cause) {
    super(
        endpoint,
        endpoint
            + " is in use by "
            + holder
            + ". Stop that program, or choose another address or port with "
            + endpoint.transport().flag()
            + ", for example "
            + endpoint.transport().flag()
            + " "
            + example(endpoint)
            + ".",
        cause);
  }

  private static String example(Endpoint endpoint) {
    InetSocketAddress wanted = endpoint.address();
    int port = wanted.getPort() == EXAMPLE_PORT ? EXAMPLE_PORT + 1 : EXAMPLE_PORT;
    return Endpoint.text(new InetSocketAddress(wanted.getAddress(), port));
  }
}
