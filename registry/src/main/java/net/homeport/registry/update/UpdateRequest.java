package net.homeport.registry.update;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device asks for, whatever dialect it spoke.
 *
 * @param username who it says it is
 * @param secret what it proves that with; never logged
 * @param hostNames as sent, in order
 * @param ipv4 the new IPv4 address, or null to leave the present one
 * @param ipv6 the new IPv6 address, or null to leave the present one
 * @param source the address that the request came from
 * @param frontDoor the door it came through, for the history
 */
public record UpdateRequest(
    String username,
    String secret,
    List<String> hostNames,
    @Nullable Inet4Address ipv4,
    @Nullable Inet6Address ipv6,
    InetAddress source,
    String frontDoor) {
  /** Most host names in one request (Dyn's Remote Access API). */
  public static final int HOSTS_MAX = 20;

  public UpdateRequest {
    hostNames = List.copyOf(hostNames);
  }

  @Override
  public String toString() {
    return "UpdateRequest[%s for %s from %s]".formatted(username, hostNames, source);
  }
}
