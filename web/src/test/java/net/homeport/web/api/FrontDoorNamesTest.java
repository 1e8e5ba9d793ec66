package net.homeport.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.web.desec.DesecDialect;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dyndns2.DeletionDialect;
import net.homeport.web.dyndns2.Dyndns2Dialect;
import net.homeport.web.dynv6.Dynv6Dialect;
import net.homeport.web.freedns.FreeDnsDialect;
import net.homeport.web.gnudip.GnuDipDialect;
import org.junit.jupiter.api.Test;

/** What a credential's scope may name is what the doors call themselves. */
final class FrontDoorNamesTest {
  @Test
  void theDialectsAreAmongThem() {
    var hasher = new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
    List<Dialect> dialects =
        List.of(
            new Dyndns2Dialect(),
            new DeletionDialect(),
            new DesecDialect(),
            new Dynv6Dialect(),
            new FreeDnsDialect(),
            new GnuDipDialect(hasher, InstantSource.system()));
    assertThat(ScopeReading.FRONT_DOORS).containsAll(dialects.stream().map(Dialect::name).toList());
  }
}
