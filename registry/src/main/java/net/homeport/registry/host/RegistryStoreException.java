package net.homeport.registry.host;

import java.io.Serial;

/** The store could not keep a change of the registry, or not read it. */
public class RegistryStoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param message what happened and what a person can do about it
   */
  public RegistryStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
