package net.homeport.registry.key;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What became of the wish to change a key. */
public sealed interface KeyChange {
  /**
   * Done.
   *
   * @param key as it is now; as it was, if it was removed
   * @param secret a secret that was made or given, to be shown once; null if there is none
   */
  record Done(UpdateKey key, @Nullable KeySecret secret) implements KeyChange {}

  /** A key of that name exists. */
  record AlreadyThere(UpdateKey key) implements KeyChange {}

  /** There is no key of that name. */
  record NoSuchKey(Name name) implements KeyChange {}

  /** The key has no rule of that number. */
  record NoSuchRule(UpdateKey key, int number) implements KeyChange {}

  /** It makes no sense; the words say why and what to do. */
  record Refused(String why) implements KeyChange {}
}
