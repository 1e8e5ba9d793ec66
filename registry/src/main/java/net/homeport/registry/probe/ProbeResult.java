package net.homeport.registry.probe;

import java.net.InetAddress;
import java.time.Instant;

/**
 * What became of one attempt to connect.
 *
 * @param outcome in words for a person
 * @param at when it ended
 */
public record ProbeResult(
    InetAddress address, int port, Answer answer, String outcome, Instant at) {
  /** How it ended. */
  public enum Answer {
    /** Somebody listens there. */
    OPEN,
    /** Refused, or nobody answered in time. */
    CLOSED,
    /** Not tried: the address is not one to connect to. */
    NOT_TRIED
  }
}
