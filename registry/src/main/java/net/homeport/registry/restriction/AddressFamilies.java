package net.homeport.registry.restriction;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.xbill.DNS.Type;

/** Which address families a host may have addresses of. */
public enum AddressFamilies {
  /** A records only. */
  IPV4("ipv4"),
  /** AAAA records only. */
  IPV6("ipv6"),
  /** Both. */
  BOTH("both");

  private final String text;

  AddressFamilies(String text) {
    this.text = text;
  }

  /**
   * The one of this text.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static AddressFamilies parse(String text) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Arrays.stream(values())
                            .map(AddressFamilies::toString)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * Whether it has the family of this record type.
   *
   * @param type A or AAAA
   */
  public boolean includes(int type) {
    return this == BOTH || this == (type == Type.A ? IPV4 : IPV6);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return text;
  }
}
