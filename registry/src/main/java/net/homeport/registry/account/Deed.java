package net.homeport.registry.account;

/** What somebody may want to do with what belongs to an account. */
public enum Deed {
  /** See its hosts and their history. */
  VIEW(Role.VIEWER),
  /** Add, label and remove its hosts; say when they are late, and which ports to probe. */
  MANAGE_HOSTS(Role.OPERATOR),
  /** Enrol, rotate, disable, scope and remove what its devices prove themselves with. */
  MANAGE_CREDENTIALS(Role.ADMINISTRATOR),
  /** Add, change and remove its members below administrators. */
  MANAGE_MEMBERS(Role.ADMINISTRATOR),
  /** Make and unmake administrators and owners. */
  MANAGE_OWNERS(Role.OWNER);

  private final Role needed;

  Deed(Role needed) {
    this.needed = needed;
  }

  /** The least role that may. */
  public Role needed() {
    return needed;
  }
}
