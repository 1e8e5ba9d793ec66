package net.homeport.registry.host;

import net.homeport.registry.credential.CredentialScope;

/**
 * A credential to add beside those that hosts have.
 *
 * @param username what the device may send as user name; unique
 * @param comment what a person noted; may be empty
 * @param scope which hosts it is for, and how it may be used
 * @param signs whether it signs requests as well, with a secret of its own
 */
public record NewCredential(String username, String comment, CredentialScope scope, boolean signs) {
  /** Most characters of a user name. */
  public static final int USERNAME_MAX = 320;
}
