package net.homeport.registry.host;

import static net.homeport.registry.host.CredentialHouse.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of credentials when a host that they are for is removed. */
final class CredentialsOfRemovedHostsTest {
  private static final UpdateOutcome UPDATED = new UpdateOutcome.Updated();

  private final CredentialHouse house = new CredentialHouse("home.test.", "other.test.");
  private final String own = house.host("cam.home.test.");

  @AfterEach
  void close() {
    house.close();
  }

  private static CredentialChange.Done done(CredentialChange change) {
    return (CredentialChange.Done) change;
  }

  /** Threat 2: who gets the name next is not changed by the tokens of who had it. */
  @Test
  void tokensForARemovedHostEndForEver() {
    house.host("nas.home.test.");
    String router = house.credential("router@cam", names("cam.home.test."));
    String both = house.credential("both", names("cam.home.test.", "nas.home.test."));
    house.house.hosts.remove(DnsText.name("cam.home.test."));
    house.host("cam.home.test.");
    assertThat(house.token(own, "192.0.2.9")).isInstanceOf(Authentication.Unproven.class);
    assertThat(house.token(router, "192.0.2.9")).isInstanceOf(Authentication.Unproven.class);
    assertThat(house.update(both, "cam.home.test", "192.0.2.1"))
        .isEqualTo(CredentialHouse.noSuchHost());
    assertThat(house.update(both, "nas.home.test", "192.0.2.1")).isEqualTo(UPDATED);
  }

  @Test
  void aHostStaysAsLongAsATokenForItCannotEnd() {
    house.host("desk1.home.test.");
    house.credential("token", names("desk1.home.test."));
    house.store.failing(true);
    assertThatThrownBy(() -> house.house.hosts.remove(DnsText.name("desk1.home.test.")))
        .isInstanceOf(RegistryStoreException.class);
    assertThat(house.house.hosts.host(DnsText.name("desk1.home.test."))).isNotNull();
    house.store.failing(false);
    assertThat(house.house.hosts.remove(DnsText.name("desk1.home.test."))).isNotNull();
    assertThat(house.house.hosts.credential("token")).isNull();
  }

  /** A credential with several hosts that was narrowed to one of them. */
  @Test
  void whatItWasForGoesAndItIsForNothingElse() {
    house.house.hostOf("cam.home.test", "b5.home.test.");
    done(house.credentials.scope("cam.home.test", names("b5.home.test.")));
    assertThat(house.update(own, "b5.home.test", "192.0.2.1")).isEqualTo(UPDATED);
    house.house.hosts.remove(DnsText.name("b5.home.test."));
    assertThat(house.update(own, "cam.home.test", "192.0.2.1"))
        .isEqualTo(CredentialHouse.noSuchHost());
    Credential narrowed = Objects.requireNonNull(house.house.hosts.credential("cam.home.test"));
    assertThat(house.credentials.profile(narrowed).scope().names()).isEqualTo(NameScope.NONE);
    done(house.credentials.scope("cam.home.test", CredentialScope.DEFAULT));
    assertThat(house.update(own, "cam.home.test", "192.0.2.1")).isEqualTo(UPDATED);
  }

  @Test
  void aRemovedHostIsForgottenByWhatNamesItNowAndByNothingElse() {
    house.host("tv.home.test.");
    house.host("nas.home.test.");
    house.credential("moved", names("cam.home.test."));
    house.credential("both", names("tv.home.test.", "nas.home.test."));
    house.credential("below", names("*.tv.home.test."));
    done(house.credentials.scope("moved", names("nas.home.test.")));
    house.house.hosts.remove(DnsText.name("cam.home.test."));
    assertThat(house.house.hosts.credential("moved")).isNotNull();
    house.house.hosts.remove(DnsText.name("TV.home.test."));
    Credential both = Objects.requireNonNull(house.house.hosts.credential("both"));
    assertThat(house.credentials.profile(both).scope()).isEqualTo(names("nas.home.test."));
    assertThat(house.house.hosts.credential("below")).isNotNull();
    house.house.hosts.remove(DnsText.name("nas.home.test."));
    assertThat(house.house.hosts.credential("moved")).isNull();
    assertThat(house.house.hosts.credential("both")).isNull();
  }
}
