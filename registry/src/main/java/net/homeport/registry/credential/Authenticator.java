package net.homeport.registry.credential;

/** Finds out whether a request proves who it is. Thread safe; touches no disk. */
@FunctionalInterface
public interface Authenticator {
  /** The verdict; takes the same work whether the user name exists or not. */
  Authentication authenticate(Presented presented, RequestOrigin origin);
}
