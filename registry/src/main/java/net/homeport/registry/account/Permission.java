package net.homeport.registry.account;

/** Whether somebody may do something. */
public enum Permission {
  ALLOWED,
  /** They know of it, and may not. */
  FORBIDDEN,
  /** They may not even know whether it exists: to them it does not. */
  HIDDEN
}
