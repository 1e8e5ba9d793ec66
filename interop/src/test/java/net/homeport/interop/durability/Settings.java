package net.homeport.interop.durability;

import java.security.SecureRandom;

/** What the command line of a campaign says. */
final class Settings {
  private Settings() {}

  /** A number; this one unless it is given. */
  static int number(String name, int otherwise) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? otherwise : Integer.parseInt(text);
  }

  /** The seed; any unless it is given. */
  static long seed(String name) {
    String text = System.getProperty(name, "");
    return text.isBlank() ? new SecureRandom().nextInt(1_000_000) : Long.parseLong(text);
  }
}
