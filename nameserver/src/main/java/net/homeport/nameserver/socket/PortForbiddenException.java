package net.homeport.nameserver.socket;

/** The system does not let this user open the port, as a rule because it is below 1024. */
public final class PortForbiddenException extends ListenException {

  private static final long serialVersionUID = 1L;

  private static final int FIRST_FREE_PORT = 1024;

  PortForbiddenException(Endpoint endpoint, Throwable cause) {
    super(endpoint, message(endpoint), cause);
  }

  private static String message(Endpoint endpoint) {
    if (endpoint.address().getPort() < FIRST_FREE_PORT) {
      return endpoint
          + " may not be opened by this user: ports below 1024 need a privilege. Grant"
          + " CAP_NET_BIND_SERVICE (in a systemd unit:"
          + " AmbientCapabilities=CAP_NET_BIND_SERVICE), or choose a port above 1023 with "
          + endpoint.transport().flag()
          + ".";
    }
    return endpoint
        + " may not be opened by this user: the system forbids it. Look for a security policy"
        + " (SELinux, AppArmor, seccomp), or choose another port with "
        + endpoint.transport().flag()
        + ".";
  }
}
