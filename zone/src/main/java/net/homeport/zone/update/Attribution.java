package net.homeport.zone.update;

import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a change, and how: kept with the change forever.
 *
 * @param actor the credential that asked, such as its user name; never a secret
 * @param frontDoor the door it came through, such as {@code dyndns2} or {@code api}
 * @param source the address it came from; null for a command on this machine
 * @param at when it was accepted
 * @param rule which rule allowed it, in words for a person; empty where none is needed
 */
public record Attribution(
    String actor, String frontDoor, @Nullable InetAddress source, Instant at, String rule) {
  /** As asked by someone whom no rule needs to allow it: the administrator, or a host itself. */
  public Attribution(String actor, String frontDoor, @Nullable InetAddress source, Instant at) {
    this(actor, frontDoor, source, at, "");
  }
}
