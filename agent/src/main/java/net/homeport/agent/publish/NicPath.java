package net.homeport.agent.publish;

import java.net.URI;

/** Where a dyndns2 server keeps its pages. */
public final class NicPath {
  private NicPath() {}

  /** {@code server} followed by {@code /nic/} and {@code rest}, with one slash between. */
  public static URI of(URI server, String rest) {
    String base = server.toString();
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(trimmed + "/nic/" + rest);
  }
}
