package net.homeport.nameserver.query;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import net.homeport.nameserver.cookie.ServerCookies;

/**
 * What a name server says of itself, and by what it knows its askers.
 *
 * @param identity which server of several this is, told to those who ask by NSID (RFC 5001) or for
 *     {@code id.server} (RFC 4892); absent: not told
 * @param version what to tell those who ask for {@code version.bind}; absent: not told
 * @param whoami whether {@code whoami.<zone>} answers with the asker's address where the zone has
 *     no such name
 * @param streamIdle how long a stream may be idle, told to those who ask (RFC 7828)
 * @param cookies makes and checks DNS cookies
 * @param clock for the time in cookies
 */
public record NameServerSettings(
    Optional<String> identity,
    Optional<String> version,
    boolean whoami,
    Duration streamIdle,
    ServerCookies cookies,
    InstantSource clock) {
  /** The most octets of an identity or a version: one character-string (RFC 1035 3.3). */
  public static final int TEXT_MAX = 255;
}
