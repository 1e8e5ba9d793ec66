package net.homeport.registry.enrolment;

import java.time.Duration;
import net.homeport.registry.host.Host;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.SharedSecret;
import org.xbill.DNS.Name;

/** What a device gets for a code. */
public sealed interface EnrolmentResult {
  /** A credential for the front doors of HTTP. */
  record Token(Host host, String username, String secret) implements EnrolmentResult {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Token[" + username + "]";
    }
  }

  /** A key that signs DNS updates of the host's addresses. */
  record TsigKey(Host host, Name key, HmacAlgorithm algorithm, SharedSecret secret)
      implements EnrolmentResult {}

  /** The device's own key signs DNS updates of the host's addresses from now on. */
  record Sig0Key(Host host, Name key) implements EnrolmentResult {}

  /** There is no such code, or no longer. Which, is not told to the client. */
  record Unknown() implements EnrolmentResult {}

  /** The code is right, and what came with it is not; it can be sent again. */
  record Unusable(String why) implements EnrolmentResult {}

  /** Not looked at: too many wrong codes came from that address. */
  record Postponed(Duration retryAfter) implements EnrolmentResult {}
}
