package net.homeport.registry.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * @param id number in the store
 * @param name what they sign in with, such as an e-mail address; unique, letter case does not
 *     matter, never with a colon (RFC 7617)
 * @param passwordHash as {@link PasswordHasher} writes it; null while they have none
 * @param disabled whether they may do nothing for now
 */
public record Person(
    long id, String name, @Nullable String passwordHash, boolean disabled, Instant createdAt) {
  /** Longest name, in characters. */
  public static final int NAME_MAX = 200;

  @Override
  public String toString() {
    return "Person[" + name + "]";
  }
}
