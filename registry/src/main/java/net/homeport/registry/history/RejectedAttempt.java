package net.homeport.registry.history;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wanted a change and was rejected.
 *
 * @param who who they said they were, if there is a host or credential of that name, else empty;
 *     not proven, and never a secret
 * @param frontDoor the door at which it was
 * @param source the address it came from; null for a command on this machine
 * @param names of what they wanted to change, as sent
 * @param wanted what they wanted, in words for a person
 * @param why it was rejected, in words for a person
 */
public record RejectedAttempt(
    String who,
    String frontDoor,
    @Nullable InetAddress source,
    List<String> names,
    String wanted,
    String why,
    Instant at) {
  public RejectedAttempt {
    names = List.copyOf(names);
  }
}
