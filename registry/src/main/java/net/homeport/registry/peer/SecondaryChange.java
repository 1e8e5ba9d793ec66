package net.homeport.registry.peer;

/** What became of the wish to add or remove a secondary. */
public sealed interface SecondaryChange {
  /** Done. */
  record Done(Secondary secondary) implements SecondaryChange {}

  /** One of that name exists. */
  record AlreadyThere(Secondary secondary) implements SecondaryChange {}

  /** There is none of that name. */
  record NoSuchSecondary(String name) implements SecondaryChange {}

  /** It makes no sense; the words say why and what to do. */
  record Refused(String why) implements SecondaryChange {}
}
