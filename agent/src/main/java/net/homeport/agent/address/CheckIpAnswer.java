package net.homeport.agent.address;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a checkip page says: an address alone, or in the sentence {@code Current IP Address:
 * x} that such pages have used since the first of them. Pure and stateless.
 */
final class CheckIpAnswer {
  private static final Pattern SENTENCE =
      Pattern.compile("Current IP Address:\\s*([0-9A-Fa-f:.]{2,45})\\s*(?:<|$)");

  private CheckIpAnswer() {}

  /**
   * The address in {@code body}; empty for everything else. A number somewhere in an error page or
   * in a hotel's login page is not the caller's address.
   */
  static Optional<InetAddress> parse(String body) {
    String text = body.strip();
    Optional<InetAddress> alone = AddressText.parse(text);
    if (alone.isPresent()) {
      return alone;
    }
    Matcher sentence = SENTENCE.matcher(text);
    return sentence.find() ? AddressText.parse(sentence.group(1)) : Optional.empty();
  }
}
