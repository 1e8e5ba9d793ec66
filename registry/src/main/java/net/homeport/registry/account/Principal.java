package net.homeport.registry.account;

import org.jspecify.annotations.Nullable;

/** Who asks for something, after they proved it. */
public sealed interface Principal {
  /** For the history: who did it. */
  String name();

  /** Who has the administrator's token: may do everything. */
  record ServerAdministrator() implements Principal {
    @Override
    public String name() {
      return "administrator";
    }
  }

  /**
   * A person.
   *
   * @param token what they came with; null if with their password
   */
  record Member(Person person, @Nullable PersonalToken token) implements Principal {
    @Override
    public String name() {
      return person.name();
    }
  }
}
