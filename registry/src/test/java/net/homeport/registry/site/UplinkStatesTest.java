package net.homeport.registry.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.homeport.registry.site.UplinkPolicy.Kind;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** Which uplink is in use, as time goes by. */
final class UplinkStatesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(60);

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static Site site(
      Kind kind, long holdDown, long failBack, FlapDamping damping, int count) {
    var uplinks = new ArrayList<Uplink>();
    for (int i = 1; i <= count; i++) {
      uplinks.add(new Uplink("wan" + i, i, INTERVAL, null));
    }
    var policy =
        new UplinkPolicy(
            kind, 1, Duration.ofSeconds(holdDown), Duration.ofSeconds(failBack), damping, 10);
    return Site.named("home", START).with(policy, uplinks);
  }

  private static Site priority() {
    return site(Kind.PRIORITY, 30, 300, FlapDamping.DEFAULT, 2);
  }

  @Test
  void theFirstThatIsHeardIsUsedAndTheFirstInOrderWhenItComes() {
    Site site = priority();
    UplinkStates states = UplinkStates.NONE.heard(site, "wan2", at(0));
    assertThat(states.chosen()).containsExactly("wan2");
    // It has never failed: no fail-back delay.
    assertThat(states.heard(site, "wan1", at(5)).chosen()).containsExactly("wan1");
    assertThat(states.heard(site, "wan9", at(5))).isEqualTo(states);
  }

  @Test
  void silenceFailsOverAndComingBackTakesTheFailBackDelay() {
    Site site = priority();
    UplinkStates states = UplinkStates.NONE.heard(site, "wan1", at(0)).heard(site, "wan2", at(0));
    assertThat(states.isUnstable(site, at(0))).isFalse();
    assertThat(states.nextEvent(site, at(0))).isEqualTo(at(60));
    states = states.heard(site, "wan2", at(40));
    assertThat(states.at(site, at(59)).chosen()).containsExactly("wan1");
    states = states.at(site, at(60));
    assertThat(states.chosen()).containsExactly("wan2");
    assertThat(states.isUnstable(site, at(60))).isTrue();
    for (int second = 90; second < 390; second += 30) {
      states = states.heard(site, "wan1", at(second)).heard(site, "wan2", at(second));
      assertThat(states.chosen()).as("at %d s", second).containsExactly("wan2");
    }
    states = states.heard(site, "wan2", at(390)).heard(site, "wan1", at(390));
    assertThat(states.chosen()).containsExactly("wan1");
  }

  @Test
  void withinTheHoldDownNothingSwitches() {
    Site site = site(Kind.PRIORITY, 200, 0, FlapDamping.DEFAULT, 3);
    UplinkStates states =
        UplinkStates.NONE.heard(site, "wan1", at(0)).heard(site, "wan2", at(30)).at(site, at(60));
    assertThat(states.chosen()).containsExactly("wan2");
    assertThat(states.switchedAt()).isEqualTo(at(60));
    // wan2 goes silent at 90, wan3 is there; the hold-down ends at 260.
    states = states.heard(site, "wan3", at(80));
    for (int second = 100; second < 260; second += 20) {
      states = states.heard(site, "wan3", at(second));
      assertThat(states.chosen()).containsExactly("wan2");
    }
    assertThat(states.nextEvent(site, at(240))).isEqualTo(at(260));
    assertThat(states.at(site, at(260)).chosen()).containsExactly("wan3");
  }

  @Test
  void whoFlapsIsKeptOutUntilThePenaltyHasHalved() {
    var damping = new FlapDamping(1_000, 1_500, 750, Duration.ofMinutes(10), Duration.ofHours(2));
    Site site = site(Kind.PRIORITY, 0, 0, damping, 2);
    UplinkStates states = UplinkStates.NONE;
    long second = 0;
    for (int flap = 0; flap < 2; flap++) {
      states = states.heard(site, "wan1", at(second)).heard(site, "wan2", at(second));
      assertThat(states.chosen()).containsExactly("wan1");
      states = states.heard(site, "wan2", at(second + 50)).at(site, at(second + 60));
      assertThat(states.chosen()).containsExactly("wan2");
      second += 70;
    }
    UplinkState out = Objects.requireNonNull(states.state("wan1"));
    assertThat(out.suppressed()).isTrue();
    long reusedAt = 0;
    for (; second < 3_000 && reusedAt == 0; second += 10) {
      states = states.heard(site, "wan1", at(second)).heard(site, "wan2", at(second));
      reusedAt = states.chosen().equals(List.of("wan1")) ? second : 0;
    }
    // 1,923 at 130 s, below 750 after 1.36 half-lives.
    assertThat(reusedAt).isBetween(130L + 800, 130L + 840);
  }

  @Test
  void thePenaltyHasACeiling() {
    FlapDamping damping = FlapDamping.DEFAULT;
    double penalty = 0;
    for (int i = 0; i < 1_000; i++) {
      penalty = damping.added(penalty);
    }
    assertThat(damping.untilReuse(penalty))
        .isBetween(damping.longest().minusSeconds(1), damping.longest().plusSeconds(1));
  }

  @Test
  void whenAllAreSilentWhatWasPublishedLastStays() {
    Site site = priority();
    UplinkStates states =
        UplinkStates.NONE.heard(site, "wan1", at(0)).heard(site, "wan2", at(1)).at(site, at(9_999));
    assertThat(states.chosen()).containsExactly("wan1");
    assertThat(Objects.requireNonNull(states.state("wan1")).up()).isFalse();
  }

  @Test
  void allThatWorkAreUsedAndThoseThatReturnWait() {
    Site site = site(Kind.ALL, 0, 100, FlapDamping.DEFAULT, 3);
    UplinkStates states = UplinkStates.NONE;
    for (String name : List.of("wan3", "wan1", "wan2")) {
      states = states.heard(site, name, at(0));
    }
    assertThat(states.chosen()).containsExactly("wan1", "wan2", "wan3");
    states = states.heard(site, "wan1", at(50)).heard(site, "wan3", at(50)).at(site, at(60));
    assertThat(states.chosen()).containsExactly("wan1", "wan3");
    for (int second = 70; second <= 170; second += 50) {
      for (String name : List.of("wan1", "wan2", "wan3")) {
        states = states.heard(site, name, at(second));
      }
      assertThat(states.chosen().contains("wan2")).isEqualTo(second == 170);
    }
  }

  /** A restart is no reason to switch: who was in use stays, the others must prove themselves. */
  @Test
  void aRestartSwitchesNothing() {
    Site site = priority();
    UplinkStates states = UplinkStates.restarted(site, List.of("wan2"), at(0)).at(site, at(0));
    assertThat(states.chosen()).containsExactly("wan2");
    states = states.heard(site, "wan1", at(10)).heard(site, "wan2", at(50));
    assertThat(states.chosen()).containsExactly("wan2");
    // wan2 silent: wan1, though not yet stable, is better than none.
    states = states.heard(site, "wan1", at(60)).heard(site, "wan1", at(100)).at(site, at(110));
    assertThat(states.chosen()).containsExactly("wan1");
  }

  @Test
  void weightsDecideWhichHostsAreWhereAndAFailureMovesOnlyItsOwn() {
    Site site = site(Kind.WEIGHTED, 0, 0, FlapDamping.DEFAULT, 3);
    Map<SourceKey, SourceValue> values = new HashMap<>();
    UplinkStates states = UplinkStates.NONE;
    for (int i = 1; i <= 3; i++) {
      states = states.heard(site, "wan" + i, at(0));
      values.put(
          new SourceKey("wan4", "wan" + i),
          new SourceValue(AddressBlock.parse("198.51.100." + i), at(0), "gw", -1));
    }
    var all = new SiteState(site, values, states, at(0));
    states = states.heard(site, "wan1", at(50)).heard(site, "wan3", at(50)).at(site, at(60));
    var some = new SiteState(site, values, states, at(60));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 6_000; i++) {
      Name host = DnsText.name("h" + i + ".home.test.");
      String before = address(all, host);
      String after = address(some, host);
      counts.merge(before, 1, Integer::sum);
      assertThat(after).isNotEqualTo("198.51.100.2");
      if (!before.equals("198.51.100.2")) {
        assertThat(after).isEqualTo(before);
      }
    }
    // Weights 1, 2 and 3 of 6.
    assertThat(counts.get("198.51.100.1")).isBetween(900, 1_100);
    assertThat(counts.get("198.51.100.2")).isBetween(1_880, 2_120);
    assertThat(counts.get("198.51.100.3")).isBetween(2_880, 3_120);
  }

  private static String address(SiteState state, Name host) {
    return state
        .derive(new HostPlan.Source("wan4"), host, true)
        .addresses()
        .getFirst()
        .getHostAddress();
  }

  /** Property: over random lives of uplinks, with ticks at random times. */
  @Test
  void randomLivesKeepTheRules() {
    var random = new SplittableRandom(2439);
    for (int life = 0; life < 300; life++) {
      Kind kind = List.of(Kind.ALL, Kind.PRIORITY, Kind.WEIGHTED).get(random.nextInt(3));
      long holdDown = random.nextInt(120);
      long failBack = random.nextInt(200);
      int count = random.nextInt(1, 5);
      Site site = site(kind, holdDown, failBack, FlapDamping.DEFAULT, count);
      UplinkStates states = UplinkStates.NONE;
      Map<String, Long> heard = new HashMap<>();
      long second = 0;
      long switched = Long.MIN_VALUE / 2;
      for (int step = 0; step < 200; step++) {
        second += random.nextInt(40);
        Instant now = at(second);
        List<String> before = states.chosen();
        if (random.nextBoolean()) {
          String name = "wan" + random.nextInt(1, count + 1);
          heard.put(name, second);
          states = states.heard(site, name, now);
        } else {
          states = states.at(site, now);
        }
        // Asked twice, the same.
        assertThat(states.at(site, now)).isEqualTo(states);
        assertThat(states.chosen().isEmpty()).isEqualTo(heard.isEmpty());
        if (kind == Kind.PRIORITY) {
          assertThat(states.chosen()).hasSizeLessThanOrEqualTo(1);
        }
        for (Map.Entry<String, Long> one : heard.entrySet()) {
          assertThat(Objects.requireNonNull(states.state(one.getKey())).up())
              .isEqualTo(second - one.getValue() < INTERVAL.toSeconds());
        }
        if (!before.equals(states.chosen()) && !before.isEmpty()) {
          assertThat(second - switched).isGreaterThanOrEqualTo(holdDown);
          switched = second;
          // What is switched to was heard within its interval.
          for (String name : states.chosen()) {
            assertThat(Objects.requireNonNull(states.state(name)).up()).isTrue();
          }
        }
        assertThat(states.nextEvent(site, now)).isAfter(now);
      }
    }
  }

  /** Between two events nothing changes by itself: who sleeps until the next one misses nothing. */
  @Test
  void nothingHappensBeforeTheNextEvent() {
    var random = new SplittableRandom(7);
    for (int life = 0; life < 200; life++) {
      Site site =
          site(Kind.PRIORITY, random.nextInt(90), random.nextInt(200), FlapDamping.DEFAULT, 3);
      UplinkStates states = UplinkStates.NONE;
      Instant now = START;
      for (int i = 0; i < 20; i++) {
        now = now.plusSeconds(random.nextInt(100));
        states = states.heard(site, "wan" + random.nextInt(1, 4), now);
      }
      for (int i = 0; i < 20; i++) {
        Instant next = states.nextEvent(site, now);
        if (next.equals(Instant.MAX)) {
          break;
        }
        UplinkStates justBefore =
            states.at(site, next.minusMillis(2).isBefore(now) ? now : next.minusMillis(2));
        assertThat(justBefore.chosen()).isEqualTo(states.chosen());
        now = next;
        states = states.at(site, now);
      }
      assertThat(states.nextEvent(site, now)).isEqualTo(Instant.MAX);
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new FlapDamping(1_000, 500, 750, INTERVAL, INTERVAL))
        .hasMessageContaining("suppress above reuse");
    assertThatThrownBy(() -> new Uplink("a b", 1, INTERVAL, null)).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> new Uplink("wan1", 0, INTERVAL, null)).hasMessageContaining("1..1000");
    assertThatThrownBy(() -> new Uplink("wan1", 1, Duration.ZERO, null))
        .hasMessageContaining("interval");
  }
}
