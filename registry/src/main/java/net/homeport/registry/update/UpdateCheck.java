package net.homeport.registry.update;

/**
 * One rule that changes of hosts must keep. Checks are asked in their order; the first that does
 * not pass decides. Thread safe; touches no disk.
 */
public interface UpdateCheck {
  /** Its name, for explanations: {@code source network}, {@code change budget}. */
  String name();

  /** The verdict. It has no effect: the same question may be asked only to explain. */
  Verdict check(ProposedChange change);

  /** The change was made: for checks that count. */
  default void made(ProposedChange change) {}
}
