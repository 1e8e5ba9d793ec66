package net.homeport.nameserver.socket;

/**
 * A port could not be opened for listening. The message is written for the person who starts the
 * program: what failed, why, and what to do next.
 */
public abstract sealed class ListenException extends RuntimeException
    permits PortInUseException,
        PortForbiddenException,
        AddressNotLocalException,
        ListenFailedException {

  private static final long serialVersionUID = 1L;

  private final Endpoint endpoint;

  ListenException(Endpoint endpoint, String message, Throwable cause) {
    super(message, cause);
    this.endpoint = endpoint;
  }

  /** Where the program wanted to listen. */
  public Endpoint endpoint() {
    return endpoint;
  }
}
