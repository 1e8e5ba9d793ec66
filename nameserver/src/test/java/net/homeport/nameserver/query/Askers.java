package net.homeport.nameserver.query;

import java.net.InetAddress;
import net.homeport.nameserver.query.Asker.Carrier;

/** Askers of tests. */
final class Askers {
  /** By UDP. */
  static final Asker UDP = by(Carrier.UDP);

  /** By TCP. */
  static final Asker TCP = by(Carrier.TCP);

  private Askers() {}

  static Asker by(Carrier carrier) {
    return new Asker(InetAddress.ofLiteral("192.0.2.7"), carrier);
  }
}
