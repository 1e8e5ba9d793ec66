package net.homeport.interop.kill;

/**
 * What is known of one host from outside. Its updates are numbered, and the number is the address,
 * so that an answer tells which update it is of. Written by the one client that owns the host.
 */
public final class HostLedger {
  /** What an answer means. */
  public enum Verdict {
    /** The last acknowledged update, or one sent after it, about which nothing was promised. */
    KEPT,
    /** An older one, or none: an acknowledged update is gone. */
    LOST,
    /** The families of one update apart. */
    TORN,
    /** An update that was never sent. */
    INVENTED
  }

  private final String host;
  // Written by one thread at a time, read by others while it goes on.
  private volatile int acknowledged;
  private volatile int sent;

  HostLedger(String host) {
    this.host = host;
  }

  /** What is known when this update was acknowledged, and this one sent. */
  public static HostLedger of(String host, int acknowledged, int sent) {
    var ledger = new HostLedger(host);
    ledger.acknowledged = acknowledged;
    ledger.sent = sent;
    return ledger;
  }

  /** The name of the host. */
  public String host() {
    return host;
  }

  /** The number of the last update that must not be lost. */
  public int acknowledged() {
    return acknowledged;
  }

  /** The number of the next update, which is now on its way. */
  int send() {
    int number = sent + 1;
    sent = number;
    return number;
  }

  /** The number of the last update that was sent. */
  int sent() {
    return sent;
  }

  /** The server promised to keep the last one sent. */
  void acknowledge() {
    acknowledged = sent;
  }

  /**
   * Judges what DNS answers; 0 means no address. What was answered once must stay, as if it had
   * been acknowledged.
   */
  public Verdict judge(int ipv4, int ipv6) {
    if (ipv4 < acknowledged || ipv6 < acknowledged) {
      return Verdict.LOST;
    }
    if (ipv4 != ipv6) {
      return Verdict.TORN;
    }
    if (ipv4 > sent) {
      return Verdict.INVENTED;
    }
    acknowledged = ipv4;
    return Verdict.KEPT;
  }

  /** A ledger that expects one update more than there was: what a lost update looks like. */
  HostLedger withOneMore() {
    var wrong = new HostLedger(host);
    wrong.acknowledged = acknowledged + 1;
    wrong.sent = sent + 1;
    return wrong;
  }
}
