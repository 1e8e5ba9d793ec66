package net.homeport.registry.alarm;

import static net.homeport.registry.restriction.Premises.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.Premises;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Addresses that change hands. */
final class AddressOwnersTest {
  private static final String CAM = "cam.home.test.";
  private static final String NAS = "nas.home.test.";

  private final House house = new House("home.test.");
  private final MemoryAlarms store = new MemoryAlarms();
  private final AddressAlarms alarms = new AddressAlarms(store);
  private final Map<Name, Long> accounts = new HashMap<>();
  private final Premises premises =
      new Premises(house, new MemoryPolicyStore(), List.of(), List.of(observer()));
  private final AddressOwners owners = owners(alarms);

  private AddressOwners owners(AddressAlarms alarms) {
    return new AddressOwners(
        premises.hosts,
        house.writer::snapshot,
        host -> accounts.getOrDefault(host.name(), 1L),
        alarms);
  }

  /** The owners are made after the registry that they look into. */
  private UpdateObserver observer() {
    return new UpdateObserver() {
      @Override
      public void observed(Observation observation) {
        owners.observed(observation);
      }

      @Override
      public void made(ProposedChange change, Instant at) {
        owners.made(change, at);
      }
    };
  }

  @AfterEach
  void close() {
    alarms.close();
    house.close();
  }

  /** Alarms in memory. */
  private static final class MemoryAlarms implements AlarmStore {
    private final List<AddressAlarm> alarms = new ArrayList<>();

    @Override
    public synchronized List<AddressAlarm> alarms() {
      return new ArrayList<>(alarms);
    }

    @Override
    public synchronized void add(AddressAlarm alarm) {
      if (alarms.stream().noneMatch(present -> present.id() == alarm.id())) {
        alarms.add(alarm);
      }
    }

    @Override
    public synchronized void put(AddressAlarm alarm) {
      removeAlarm(alarm.id());
      alarms.add(alarm);
    }

    @Override
    public synchronized void removeAlarm(long id) {
      alarms.removeIf(alarm -> alarm.id() == id);
    }
  }

  private String host(String name, long account) {
    accounts.put(name(name), account);
    String secret = premises.host(name);
    premises.set(Premises.ofHost(name), PolicySetting.CHANGE_BUDGET, "unlimited");
    return secret;
  }

  private List<String> raised() {
    return alarms.alarms(false).stream()
        .map(alarm ->
            "%s %s %s".formatted(AddressText.of(alarm.address()), alarm.host(), alarm.reportedBy()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.7", "2001:db8:7::1"})
  void anAddressThatAnotherAccountReportsRaisesOneAlarm(String address) {
    String cam = host(CAM, 1);
    String nas = host(NAS, 2);
    premises.update(CAM, cam, address);
    assertThat(raised()).isEmpty();
    premises.update(NAS, nas, address);
    assertThat(raised()).containsExactly(address + " " + CAM + " " + NAS);
    premises.update(NAS, nas, address);
    premises.update(CAM, cam, address);
    assertThat(raised()).as("raised once").hasSize(1);
    alarms.close();
    assertThat(store.alarms()).hasSize(1);
  }

  /** Threat 17: people who share an address are not each other's successors. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "100.64.0.1",
        "100.127.255.254",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.178.2",
        "192.0.0.2",
        "fd00::1"
      })
  void sharedAndPrivateAddressesRaiseNone(String address) {
    premises.update(CAM, host(CAM, 1), address);
    premises.update(NAS, host(NAS, 2), address);
    assertThat(raised()).isEmpty();
  }

  @Test
  void aNatWithManyHostsOfOneAccountRaisesNone() {
    for (int i = 0; i < 50; i++) {
      String name = "h" + i + ".home.test.";
      premises.update(name, host(name, 5), "203.0.113.7");
    }
    assertThat(raised()).isEmpty();
    premises.update(NAS, host(NAS, 6), "203.0.113.7");
    assertThat(raised()).containsExactly("203.0.113.7 h0.home.test. " + NAS);
  }

  @Test
  void anAddressThatWasGivenUpRaisesNone() {
    String cam = host(CAM, 1);
    premises.update(CAM, cam, "203.0.113.7");
    premises.update(CAM, cam, "203.0.113.8");
    premises.update(NAS, host(NAS, 2), "203.0.113.7");
    assertThat(raised()).isEmpty();
    String tv = "tv.home.test.";
    premises.update(tv, host(tv, 3), "203.0.113.8");
    assertThat(raised()).containsExactly("203.0.113.8 " + CAM + " " + tv);
    premises.hosts.remove(name(CAM));
    String pc = "pc.home.test.";
    premises.update(pc, host(pc, 4), "203.0.113.8");
    assertThat(raised())
        .as("of a host that is gone")
        .first()
        .isEqualTo("203.0.113.8 " + tv + " " + pc);
  }

  @Test
  void whatWasPublishedBeforeTheStartIsKnown() {
    premises.update(CAM, host(CAM, 1), "203.0.113.7");
    String nas = host(NAS, 2);
    AddressOwners restarted = owners(alarms);
    restarted.learn();
    // Published by the first one's update, and observed by both.
    premises.update(NAS, nas, "203.0.113.7");
    assertThat(raised()).hasSize(1);
    alarms.dismiss(alarms.alarms(false).getFirst().id());
    restarted.observed(observation("nas.home.test", NAS, new UpdateOutcome.Unchanged()));
    assertThat(raised()).as("dismissed is not raised again").isEmpty();
    assertThat(alarms.alarms(true)).hasSize(1);
  }

  /** A camera's address is derived from what its router reports. */
  @Test
  void theAddressOfOneThatFollowsIsKnown() {
    premises.update(CAM, host(CAM, 1), "203.0.113.7");
    var quiet = new AddressAlarms(new MemoryAlarms());
    AddressOwners started = owners(quiet);
    started.learn();
    String router = "router.home.test.";
    premises.update(router, host(router, 2), "203.0.113.7");
    Host asked = Objects.requireNonNull(premises.hosts.host(name(CAM)));
    Host follower = Objects.requireNonNull(premises.hosts.host(name(router)));
    started.made(change(follower, asked), house.clock.instant());
    assertThat(quiet.alarms(false))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.reportedBy()).isEqualTo(name(router)));
    quiet.close();
  }

  /** One to 203.0.113.7. */
  private ProposedChange change(Host host, Host asked) {
    var planned =
        List.of(new PlannedRrset(host, Type.A, List.of(InetAddress.ofLiteral("203.0.113.7"))));
    Observation observed = observation("cam.home.test", CAM, new UpdateOutcome.Updated());
    return new ProposedChange(
        observed.credential(), observed.origin(), host, asked, observed.wish(), planned, planned);
  }

  private Observation observation(String credential, String name, UpdateOutcome outcome) {
    return new Observation(
        Objects.requireNonNull(premises.hosts.credential(credential)),
        new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test"),
        Objects.requireNonNull(premises.hosts.host(name(name))),
        new HostWish(name, AddressWish.KEEP, AddressWish.KEEP),
        outcome,
        house.clock.instant());
  }

  @Test
  void whoeverReportsAnAddressBeforeAllIsLearnedIsNoticed() {
    premises.update(CAM, host(CAM, 1), "203.0.113.7");
    String nas = host(NAS, 2);
    premises.update(NAS, nas, "203.0.113.7");
    var quiet = new AddressAlarms(new MemoryAlarms());
    AddressOwners started = owners(quiet);
    Host second = Objects.requireNonNull(premises.hosts.host(name(NAS)));
    started.made(change(second, second), house.clock.instant());
    assertThat(quiet.alarms(false)).isEmpty();
    started.learn();
    assertThat(quiet.alarms(false)).hasSize(1);
    quiet.close();
    var later = new AddressAlarms(new MemoryAlarms());
    owners(later).learn();
    assertThat(later.alarms(false)).as("what was so before the start is no news").isEmpty();
    later.close();
  }

  @Test
  void alarmsAreBoundedAndTheNewestAreKept() {
    for (int i = 0; i < AddressAlarms.KEPT_MAX + 10; i++) {
      InetAddress address = InetAddress.ofLiteral("2001:db8::" + Integer.toHexString(i + 1));
      alarms.raise(
          new AddressAlarms.Raised(address, name(CAM), 1, name(NAS), 2), house.clock.instant());
    }
    assertThat(alarms.alarms(true)).hasSize(AddressAlarms.KEPT_MAX);
    assertThat(alarms.alarms(true).getFirst().id()).isEqualTo(AddressAlarms.KEPT_MAX + 10);
    assertThat(alarms.dismiss(1)).isNull();
    alarms.close();
    assertThat(store.alarms()).hasSize(AddressAlarms.KEPT_MAX);
    try (var again = new AddressAlarms(store)) {
      again.raise(
          new AddressAlarms.Raised(InetAddress.ofLiteral("192.0.2.1"), name(CAM), 1, name(NAS), 2),
          house.clock.instant());
      assertThat(again.alarms(true).getFirst().id()).isEqualTo(AddressAlarms.KEPT_MAX + 11);
    }
  }

  @Test
  void theIndexGrowsReplacesWhatIsUntrueAndIsBounded() {
    var index = new PublishedIndex(1 << 12, (_, key) -> key % 2 == 0);
    Host host = new Host(name(CAM), name("home.test."), 1, 60, house.clock.instant());
    int room = 0;
    for (long key = 1; key <= 20_000; key++) {
      room += index.put(key, host) ? 1 : 0;
    }
    assertThat(index.slots()).isEqualTo(1 << 12);
    assertThat(room).isBetween((1 << 12) - 100, 19_999);
    int untrue = 0;
    for (long key = 1; key <= 20_000; key++) {
      @Nullable Host found = index.get(key);
      assertThat(found == null || found.equals(host)).isTrue();
      untrue += found != null && key % 2 == 1 ? 1 : 0;
    }
    assertThat(index.get(2)).isEqualTo(host);
    assertThat(untrue).as("untrue ones give way").isLessThan(100);
  }

  @Test
  void manyChangesOfFewHostsNeedNoMoreRoom() {
    var newest = new long[1];
    var index = new PublishedIndex((_, key) -> key > newest[0] - 100);
    Host host = new Host(name(CAM), name("home.test."), 1, 60, house.clock.instant());
    for (int i = 0; i < 100_000; i++) {
      newest[0]++;
      // Keys are scattered in truth; in a row they would lie side by side.
      assertThat(index.put(newest[0], host)).isTrue();
    }
    assertThat(index.slots()).isEqualTo(1 << 10);
    assertThat(index.get(newest[0])).isEqualTo(host);
  }
}
