package net.homeport.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** The key exchange that TLS takes agrees with the JDK's, in both directions. */
final class KeyExchangeProviderTest {
  private static final String OURS = "HomeportKeyExchange";
  private static final String JDK = "SunEC";

  private static KeyPair pair(String provider) throws Exception {
    var generator = KeyPairGenerator.getInstance("XDH", provider);
    generator.initialize(NamedParameterSpec.X25519);
    return generator.generateKeyPair();
  }

  private static byte[] agreed(String provider, KeyPair own, KeyPair other) throws Exception {
    var received = (XECPublicKey) other.getPublic();
    var spec = new XECPublicKeySpec(NamedParameterSpec.X25519, received.getU());
    var agreement = KeyAgreement.getInstance("XDH", provider);
    agreement.init(own.getPrivate());
    agreement.doPhase(KeyFactory.getInstance("XDH", provider).generatePublic(spec), true);
    return agreement.generateSecret();
  }

  @Test
  void agreesWithTheOneOfTheJdk() throws Exception {
    KeyExchangeProvider.install();
    KeyExchangeProvider.install();
    assertThat(Arrays.stream(Security.getProviders()).filter(one -> one.getName().equals(OURS)))
        .hasSize(1);
    assertThat(KeyAgreement.getInstance("XDH").getProvider().getName()).isEqualTo(OURS);
    for (int i = 0; i < 100; i++) {
      KeyPair ours = pair(OURS);
      KeyPair theirs = pair(JDK);
      assertThat(agreed(OURS, ours, theirs)).hasSize(32).isEqualTo(agreed(JDK, theirs, ours));
    }
  }
}
