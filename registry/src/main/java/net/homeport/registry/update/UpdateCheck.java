package net.homeport.registry.update;

import net.homeport.registry.host.Host;

/**
 * One rule that changes of hosts must keep. Checks are asked in their order; the first that does
 * not pass decides. Thread safe; touches no disk.
 */
public interface UpdateCheck {
  /** Its name, for explanations: {@code source network}, {@code change budget}. */
  String name();

  /** The verdict. It has no effect: the same question may be asked only to explain. */
  Verdict check(ProposedChange change);

  /**
   * Whether a person has stopped this host. Asked again once a change of it is in DNS, since that
   * may have been judged before.
   */
  default boolean stops(Host host) {
    return false;
  }

  /** The change was made: for checks that count. */
  default void made(ProposedChange change) {}
}
