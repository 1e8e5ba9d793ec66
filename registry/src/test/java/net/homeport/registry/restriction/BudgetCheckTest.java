package net.homeport.registry.restriction;

import static net.homeport.registry.restriction.Premises.ofHost;
import static net.homeport.registry.restriction.Premises.ofZone;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.PlannedRrset;
import net.homeport.registry.update.ProposedChange;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** How often addresses may change. */
final class BudgetCheckTest {
  private static final String CAM = "cam.home.test.";

  private final Premises premises = new Premises();
  private final String secret = premises.host(CAM);
  private int next;

  @BeforeEach
  void tenThenOneEachTwentySeconds() {
    premises.set(new PolicyScope.Everywhere(), PolicySetting.CHANGE_BUDGET, "10/20s");
  }

  @AfterEach
  void close() {
    premises.close();
  }

  private UpdateOutcome changeA() {
    return premises.update(CAM, secret, "192.0.2." + (next++ % 200 + 1));
  }

  private static Duration retryAfter(UpdateOutcome outcome) {
    return ((UpdateOutcome.Postponed) outcome).retryAfter();
  }

  @Test
  void tenAtOnceThenOneEachTwentySeconds() {
    for (int i = 0; i < 10; i++) {
      assertThat(changeA()).as("change %d", i).isEqualTo(new UpdateOutcome.Updated());
    }
    assertThat(retryAfter(changeA())).isEqualTo(Duration.ofSeconds(20));
    premises.house.clock.advance(Duration.ofSeconds(19));
    assertThat(retryAfter(changeA())).isEqualTo(Duration.ofSeconds(1));
    premises.house.clock.advance(Duration.ofSeconds(1));
    assertThat(changeA()).isEqualTo(new UpdateOutcome.Updated());
    assertThat(retryAfter(changeA())).isEqualTo(Duration.ofSeconds(20));
    premises.house.clock.advance(Duration.ofSeconds(200));
    for (int i = 0; i < 10; i++) {
      assertThat(changeA()).isEqualTo(new UpdateOutcome.Updated());
    }
    assertThat(changeA()).isInstanceOf(UpdateOutcome.Postponed.class);
  }

  @Test
  void aAndAaaaHaveBucketsOfTheirOwnAndOnlyWhatDiffersCounts() {
    for (int i = 1; i <= 10; i++) {
      // The AAAA stays as it is.
      premises.update(CAM, secret, "192.0.2." + i, "2001:db8::1");
    }
    assertThat(premises.update(CAM, secret, "192.0.2.99"))
        .isInstanceOfSatisfying(
            UpdateOutcome.Postponed.class,
            later -> assertThat(later.why()).startsWith("A changed"));
    for (int i = 2; i <= 10; i++) {
      assertThat(premises.update(CAM, secret, "2001:db8::" + i))
          .isEqualTo(new UpdateOutcome.Updated());
    }
    assertThat(premises.update(CAM, secret, "192.0.2.99", "2001:db8::99"))
        .isInstanceOfSatisfying(
            UpdateOutcome.Postponed.class,
            later -> assertThat(later.why()).startsWith("A and AAAA changed"));
    assertThat(premises.rdata(CAM, Type.A)).containsExactly("192.0.2.10");
  }

  @Test
  void signsOfLifeAndRefusedChangesCostNothing() {
    premises.update(CAM, secret, "192.0.2.1");
    for (int i = 0; i < 100; i++) {
      assertThat(premises.update(CAM, secret, "192.0.2.1"))
          .isEqualTo(new UpdateOutcome.Unchanged());
    }
    premises.set(ofHost(CAM), PolicySetting.ADDRESS_RANGES, "192.0.2.0/24");
    for (int i = 0; i < 100; i++) {
      assertThat(premises.update(CAM, secret, "203.0.113.1"))
          .isInstanceOf(UpdateOutcome.Rejected.class);
    }
    for (int i = 2; i <= 10; i++) {
      assertThat(premises.update(CAM, secret, "192.0.2." + i))
          .isEqualTo(new UpdateOutcome.Updated());
    }
  }

  /** Threat 12: who changes as fast as can be takes nothing from others. */
  @Test
  void oneHostThatFlapsLeavesTheOthersAlone() {
    String nas = premises.host("nas.home.test.");
    for (int i = 0; i < 1_000; i++) {
      changeA();
    }
    assertThat(premises.update("nas.home.test.", nas, "192.0.2.9"))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(changeA()).isInstanceOf(UpdateOutcome.Postponed.class);
  }

  @Test
  void aPolicyMakesItSmallerOrUnlimited() {
    premises.set(ofZone("home.test."), PolicySetting.CHANGE_BUDGET, "2/60s");
    changeA();
    changeA();
    assertThat(retryAfter(changeA())).isEqualTo(Duration.ofSeconds(60));
    premises.set(ofHost(CAM), PolicySetting.CHANGE_BUDGET, "unlimited");
    for (int i = 0; i < 50; i++) {
      assertThat(changeA()).isEqualTo(new UpdateOutcome.Updated());
    }
  }

  @Test
  void aClockThatIsSetBackPostponesNobodyForLong() {
    for (int i = 0; i < 11; i++) {
      changeA();
    }
    premises.house.clock.advance(Duration.ofDays(-365));
    for (int i = 0; i < 10; i++) {
      assertThat(changeA()).isEqualTo(new UpdateOutcome.Updated());
    }
    assertThat(retryAfter(changeA())).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void memoryIsBoundedAndTheNewestAreKept() {
    var check = new BudgetCheck(premises.policies, premises.house.clock, 100);
    var random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      check.made(change("h" + random.nextInt(1_000) + ".home.test."));
    }
    assertThat(check.buckets()).isBetween(100, 200);
    for (int i = 0; i < 10; i++) {
      check.made(change("h1.home.test."));
    }
    for (int i = 0; i < 90; i++) {
      check.made(change("x" + i + ".home.test."));
    }
    assertThat(check.check(change("h1.home.test."))).isInstanceOf(Verdict.Postpone.class);
  }

  private ProposedChange change(String name) {
    var cam = Objects.requireNonNull(premises.hosts.host(Premises.name(CAM)));
    var host =
        new net.homeport.registry.host.Host(
            Premises.name(name), cam.zone(), cam.credentialId(), 60, cam.createdAt());
    InetAddress address = InetAddress.ofLiteral("192.0.2.1");
    var planned = List.of(new PlannedRrset(host, Type.A, List.of(address)));
    return new ProposedChange(
        Objects.requireNonNull(premises.hosts.credentialOf(cam)),
        new RequestOrigin(address, "test"),
        host,
        host,
        new HostWish(name, new AddressWish.Publish(address), AddressWish.KEEP),
        planned,
        planned);
  }
}
