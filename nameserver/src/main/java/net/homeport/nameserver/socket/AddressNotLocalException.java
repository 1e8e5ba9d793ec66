package net.homeport.nameserver.socket;

/** The address to listen on belongs to no network interface of this machine. */
public final class AddressNotLocalException extends ListenException {

  private static final long serialVersionUID = 1L;

  AddressNotLocalException(Endpoint endpoint, String addressesHere, Throwable cause) {
    super(
        endpoint,
        endpoint
            + " cannot be opened: "
            + Endpoint.text(endpoint.address().getAddress())
            + " is not an address of this machine. Its addresses are: "
            + addressesHere
            + ". Choose one of them, or 0.0.0.0 or [::] for all, with "
            + endpoint.transport().flag()
            + ".",
        cause);
  }
}
