package net.homeport.app.assembly;

import java.io.Serial;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;

/**
 * Has the JDK's TLS take Bouncy Castle's arithmetic for the key exchange with X25519 (RFC 7748),
 * which is what clients ask for first: it needs half the time of the JDK's own. See
 * docs/decisions/0007.
 */
/*
 * A provider of three services, ahead of the JDK's, rather than Bouncy Castle's whole provider: that
 * one takes long to load, and would stand for everything else, too.
 */
final class KeyExchangeProvider extends Provider {
  @Serial private static final long serialVersionUID = 1L;
  private static final String NAME = "HomeportKeyExchange";
  private static final String ALGORITHM = "XDH";
  private static final Map<String, String> SERVICES =
      Map.of(
          "KeyPairGenerator", "KeyPairGeneratorSpi$XDH",
          "KeyFactory", "KeyFactorySpi$XDH",
          "KeyAgreement", "KeyAgreementSpi$XDH");

  private KeyExchangeProvider() {
    super(NAME, "1", "X25519 and X448 by Bouncy Castle");
    SERVICES.forEach((type, implementation) ->
        putService(
            new Service(
                this,
                type,
                ALGORITHM,
                "org.bouncycastle.jcajce.provider.asymmetric.edec." + implementation,
                List.of(),
                Map.of())));
  }

  /** From now on, for the whole process; once is enough, more does nothing. */
  static void install() {
    // Does nothing if one of that name is there.
    Security.insertProviderAt(new KeyExchangeProvider(), 1);
  }
}
