package net.homeport.registry.account;

/** What a member is to an account; each may do what those before may. */
public enum Role {
  /** Sees hosts and their history. */
  VIEWER,
  /** Adds, changes and removes hosts. */
  OPERATOR,
  /** Decides about credentials, and who else is a member. */
  ADMINISTRATOR,
  /** Makes and unmakes administrators and owners. */
  OWNER;

  /** Whether this role may do what needs that one. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
