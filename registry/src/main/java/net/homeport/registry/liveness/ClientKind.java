package net.homeport.registry.liveness;

import java.time.Duration;
import java.util.Locale;

/**
 * Clients whose habit is known: how long they stay silent at most while the address stays the same.
 */
public enum ClientKind {
  /** Not known: longer than the longest of those that are known. */
  UNKNOWN("", "unknown client", Duration.ofDays(35)),
  /** The agent of Homeport: refreshes each day unless told otherwise. */
  AGENT("homeport-agent", "Homeport agent", Duration.ofDays(1)),
  /** {@code max-interval}, 25 days by default. */
  DDCLIENT("ddclient", "ddclient", Duration.ofDays(25)),
  /** Forces an update after 25 days. */
  PFSENSE("phpdyndns", "pfSense", Duration.ofDays(25)),
  /** The native back end; forces as ddclient did. */
  OPNSENSE("opnsense", "OPNsense", Duration.ofDays(25)),
  /** {@code forced-update}, 30 days by default; UniFi and ASUS carry it too. */
  INADYN("inadyn", "inadyn", Duration.ofDays(30)),
  /** ddns-scripts fetch with uclient-fetch and force each 72 hours. */
  OPENWRT("uclient-fetch", "OpenWrt", Duration.ofDays(3)),
  /** Speaks at each connection to the provider, and not in between. */
  FRITZBOX("fritz!box", "FRITZ!Box", Duration.ofDays(35));

  private final String mark;
  private final String words;
  private final Duration interval;

  ClientKind(String mark, String words, Duration interval) {
    this.mark = mark;
    this.words = words;
    this.interval = interval;
  }

  /** The kind of client that calls itself so. */
  public static ClientKind of(String userAgent) {
    if (userAgent.isEmpty()) {
      return UNKNOWN;
    }
    String text = userAgent.toLowerCase(Locale.ROOT);
    for (ClientKind kind : values()) {
      if (kind != UNKNOWN && text.contains(kind.mark)) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /** For a person. */
  public String words() {
    return words;
  }

  /** How often it is heard at least. */
  public Duration interval() {
    return interval;
  }
}
