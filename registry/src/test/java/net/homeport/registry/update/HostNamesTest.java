package net.homeport.registry.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Credential;
import net.homeport.testkit.DnsText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that are short of their zone, or left out, are those of hosts that one may change. */
final class HostNamesTest {
  private final House house = new House("home.test.", "other.test.");
  private final Credential credential = house.host("cam.home.test.").credential();
  private final HostNames names =
      new HostNames(house.hosts, house.writer::snapshot, HostAccess.OWN_CREDENTIAL);

  @AfterEach
  void close() {
    house.close();
  }

  private static HostWish wish(String name) {
    return new HostWish(name, AddressWish.KEEP, AddressWish.KEEP);
  }

  private @Nullable String inShort(String name) {
    var full = names.full(wish("").named(name), credential);
    return full == null ? null : full.toString();
  }

  @Test
  void fullNamesAreTakenAsTheyAre() {
    assertThat(names.full(wish("nowhere.example"), credential))
        .isEqualTo(DnsText.name("nowhere.example."));
    for (String none : List.of("", "cam", "a..b", ".", "@")) {
      assertThat(names.full(wish(none), credential)).as(none).isNull();
    }
  }

  @Test
  void aShortNameLiesInTheZoneOfTheCredentialsHost() {
    house.hostOf("cam.home.test", "door.home.test.");
    house.hostOf("cam.home.test", "door.other.test.");
    assertThat(inShort("cam")).isEqualTo("cam.home.test.");
    assertThat(inShort("door")).isEqualTo("door.home.test.");
    assertThat(inShort("door.other.test")).isEqualTo("door.other.test.");
  }

  @Test
  void orInTheOneZoneThatHasSuchAHost() {
    house.hostOf("cam.home.test", "gate.other.test.");
    assertThat(inShort("gate")).isEqualTo("gate.other.test.");
  }

  @Test
  void hostsOfOthersAreNotFound() {
    house.host("gate.home.test.");
    assertThat(house.hosts.host(DnsText.name(Objects.requireNonNull(inShort("gate"))))).isNull();
  }

  @Test
  void nothingIsTheHostThatTheCredentialIsNamedAfter() {
    assertThat(inShort("")).isEqualTo("cam.home.test.");
  }
}
