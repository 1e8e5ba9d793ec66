package net.homeport.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.account.AccountRefusedException.Kind;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.testkit.DnsText;
import net.homeport.testkit.FakeClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Accounts and people: what can be added and removed, and what is in the way. */
final class AccountRegistryTest {
  private final AccountRegistry registry = new AccountRegistry(AccountStore.NONE, new FakeClock());

  private static void refused(Kind kind, ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            AccountRefusedException.class, why -> assertThat(why.kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b", "a/b", " a", "a\n", "\u007f"})
  void oddNamesAreRefused(String name) {
    refused(Kind.INVALID, () -> registry.addAccount(name, null));
    refused(Kind.INVALID, () -> registry.addPerson(name, null));
  }

  @Test
  void namesAreUniqueWhateverTheirLetterCase() throws Exception {
    registry.addAccount("Example", null);
    refused(Kind.CONFLICT, () -> registry.addAccount("EXAMPLE", null));
    registry.addPerson("ann@example.org", null);
    refused(Kind.CONFLICT, () -> registry.addPerson("Ann@Example.org", null));
  }

  @Test
  void theHouseStays() {
    Account house = Objects.requireNonNull(registry.account(Account.HOUSE));
    refused(Kind.CONFLICT, () -> registry.removeAccount(house, 0));
    refused(Kind.CONFLICT, () -> registry.change(house, 1, true));
  }

  @Test
  void anAccountWithMembersKeepsAnOwner() throws Exception {
    Account account = registry.addAccount("a", null);
    Person ann = registry.addPerson("ann", null);
    Person bob = registry.addPerson("bob", null);
    registry.setRole(account, ann, Role.OWNER);
    registry.setRole(account, bob, Role.VIEWER);
    refused(Kind.CONFLICT, () -> registry.setRole(account, ann, Role.ADMINISTRATOR));
    refused(Kind.CONFLICT, () -> registry.removeMember(account, ann));
    refused(Kind.CONFLICT, () -> registry.removePerson(ann));
    registry.setRole(account, bob, Role.OWNER);
    registry.removePerson(ann);
    assertThat(registry.members(account.id())).containsExactly(Map.entry(bob.id(), Role.OWNER));
    refused(Kind.NOT_FOUND, () -> registry.removeMember(account, ann));
  }

  @Test
  void anAccountHasNoMoreHostsThanItMay() throws Exception {
    try (var house = new House("home.test.")) {
      var details = new HostDetails(HostDetailStore.NONE, house.hosts, registry);
      Account account = registry.addAccount("a", 2);
      for (String name : new String[] {"h1.home.test.", "h2.home.test."}) {
        assertThat(
                details.add(
                    new NameClaim(account.id(), false, false), DnsText.name(name), 60, null))
            .isInstanceOf(HostAddition.Added.class);
      }
      refused(
          Kind.CONFLICT,
          () ->
              details.add(
                  new NameClaim(account.id(), false, false),
                  DnsText.name("h3.home.test."),
                  60,
                  null));
      refused(
          Kind.CONFLICT, () -> registry.removeAccount(account, details.hostCount(account.id())));
      house.hosts.remove(DnsText.name("h1.home.test."));
      assertThat(
              details.add(
                  new NameClaim(account.id(), false, false),
                  DnsText.name("h3.home.test."),
                  60,
                  null))
          .isInstanceOf(HostAddition.Added.class);
      assertThat(details.accountOf(DnsText.name("h3.home.test."))).isEqualTo(account.id());
      assertThat(details.accountOf(DnsText.name("h1.home.test."))).isEqualTo(Account.HOUSE);
    }
  }

  /** A row that is left of a host which could not be added, or whose removal ended half way. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverHasTheNameNextIsNotOfTheAccountOfWhoDidNotGetIt(boolean wasThere) throws Exception {
    try (var house = new House("home.test.")) {
      long acme = registry.addAccount("Acme", null).id();
      var store = new MemoryHostDetails();
      var details = new HostDetails(store, house.hosts, registry);
      Name name = DnsText.name("cam.home.test.");
      var claim = new NameClaim(acme, false, false);
      if (wasThere) {
        details.add(claim, name, 60, null);
        store.failing = true;
        assertThatThrownBy(() -> house.hosts.remove(name))
            .isInstanceOf(RegistryStoreException.class);
        store.failing = false;
      } else {
        house.store.failing(true);
        assertThatThrownBy(() -> details.add(claim, name, 60, null))
            .isInstanceOf(RegistryStoreException.class);
        house.store.failing(false);
      }
      details.add(NameClaim.ORDINARY, name, 60, null);
      assertThat(new HostDetails(store, house.hosts, registry).accountOf(name))
          .isEqualTo(Account.HOUSE);
    }
  }

  /** A store in memory, which can be told to fail. */
  private static final class MemoryHostDetails implements HostDetailStore {
    private final Map<Name, HostDetail> kept = new HashMap<>();
    private boolean failing;

    @Override
    public Map<Name, HostDetail> details() {
      return Map.copyOf(kept);
    }

    @Override
    public void putAll(Map<Name, HostDetail> details) {
      kept.putAll(details);
    }

    @Override
    public void removeAll(Set<Name> names) {
      if (failing) {
        throw new RegistryStoreException("the disk is full", new IllegalStateException());
      }
      kept.keySet().removeAll(names);
    }
  }

  @Test
  void aHostThatIsAnothersDoesNotChangeItsAccount() throws Exception {
    try (var house = new House("home.test.")) {
      var details = new HostDetails(HostDetailStore.NONE, house.hosts, registry);
      Account one = registry.addAccount("one", null);
      Account two = registry.addAccount("two", null);
      details.add(new NameClaim(one.id(), false, false), DnsText.name("h.home.test."), 60, null);
      assertThat(
              details.add(
                  new NameClaim(two.id(), false, false), DnsText.name("h.home.test."), 60, null))
          .isInstanceOf(HostAddition.AlreadyThere.class);
      assertThat(details.accountOf(DnsText.name("h.home.test."))).isEqualTo(one.id());
    }
  }

  @Test
  void labelsAreSetAndTakenAway() throws Exception {
    try (var house = new House("home.test.")) {
      var details = new HostDetails(HostDetailStore.NONE, house.hosts, registry);
      house.host("h.home.test.");
      var name = DnsText.name("h.home.test.");
      details.label(name, Map.of("device", "camera", "place", "gate = north"));
      assertThat(details.label(name, Map.of("device", "")).labels())
          .isEqualTo(new TreeMap<>(Map.of("place", "gate = north")));
      refused(Kind.INVALID, () -> details.label(name, Map.of("Device", "x")));
      refused(Kind.INVALID, () -> details.label(name, Map.of("a=b", "x")));
      refused(Kind.INVALID, () -> details.label(name, Map.of("a", "x\ny")));
      var many = new TreeMap<String, String>();
      for (int i = 0; i < HostDetail.LABELS_MAX; i++) {
        many.put("l" + i, "x");
      }
      refused(Kind.INVALID, () -> details.label(name, many));
      assertThat(details.of(name).labels()).hasSize(1);
    }
  }
}
