package net.homeport.app.config;

import java.io.Serial;

/** The configuration cannot be used; the message says which setting, where it stands, and why. */
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }
}
