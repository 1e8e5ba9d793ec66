package net.homeport.nameserver.socket;

import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a socket could not be opened or bound, and the exception which tells the user. */
public enum ListenFailure {
  /** EADDRINUSE. */
  IN_USE,
  /** EACCES or EPERM. */
  FORBIDDEN,
  /** EADDRNOTAVAIL. */
  NOT_LOCAL,
  /** Anything else, for example no IPv6 on this machine. */
  OTHER;

  private static final int PRIVILEGED_PORTS = 1024;
  private static final int ADDRESSES_SHOWN = 8;

  /**
   * The exception for this failure. For a busy port it searches the processes of this machine for
   * the holder, which reads {@code /proc} and may take some milliseconds.
   *
   * @param endpoint where the program wanted to listen
   * @param cause what the system said
   */
  public ListenException toException(Endpoint endpoint, Throwable cause) {
    return switch (this) {
      case IN_USE ->
          new PortInUseException(endpoint, PortHolders.ofThisMachine().describe(endpoint), cause);
      case FORBIDDEN -> new PortForbiddenException(endpoint, cause);
      case NOT_LOCAL -> new AddressNotLocalException(endpoint, addressesHere(), cause);
      case OTHER -> new ListenFailedException(endpoint, reason(cause), cause);
    };
  }

  /**
   * Recognises the failure behind an exception of {@code java.nio.channels}, which has one class
   * for all of them.
   *
   * @param failure an IOException, or the UnsupportedOperationException of an address family which
   *     this machine lacks
   */
  public static ListenFailure of(Endpoint endpoint, Exception failure) {
    String text = reason(failure).toLowerCase(Locale.ROOT);
    if (text.contains("in use")) {
      return IN_USE;
    }
    if (text.contains("permission denied")) {
      return FORBIDDEN;
    }
    if (text.contains("assign requested address")) {
      return NOT_LOCAL;
    }
    return failure instanceof BindException ? ofBindWithForeignText(endpoint) : OTHER;
  }

  // The system's error text follows the locale of the process; then the situation has to tell.
  private static ListenFailure ofBindWithForeignText(Endpoint endpoint) {
    if (!isLocal(endpoint.address().getAddress())) {
      return NOT_LOCAL;
    }
    if (PortHolders.ofThisMachine().find(endpoint) == null
        && endpoint.address().getPort() < PRIVILEGED_PORTS) {
      return FORBIDDEN;
    }
    return IN_USE;
  }

  private static boolean isLocal(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // not knowing, blame the port and not the address
    }
  }

  private static String addressesHere() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(Endpoint::text)
          .sorted()
          .limit(ADDRESSES_SHOWN)
          .collect(Collectors.joining(", "));
    } catch (SocketException e) {
      return "unknown (" + reason(e) + ")";
    }
  }

  private static String reason(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
