package net.homeport.nameserver.socket;

/** A port could not be opened for a reason which is none of the usual ones; see the cause. */
public final class ListenFailedException extends ListenException {

  private static final long serialVersionUID = 1L;

  ListenFailedException(Endpoint endpoint, String reason, Throwable cause) {
    super(endpoint, endpoint + " cannot be opened: " + reason, cause);
  }
}
