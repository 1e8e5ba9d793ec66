package net.homeport.registry.challenge;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.registry.House;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.SiteMembers;
import net.homeport.registry.update.NameVeto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients of challenges by their hosts, and what becomes of a host's answers when it is removed.
 */
final class ChallengesTest {
  private static final RequestOrigin ORIGIN =
      new RequestOrigin(InetAddress.ofLiteral("198.51.100.7"), "acme-dns");
  private static final String ANSWER = "a".repeat(43);

  private static final class MemoryStore implements ChallengeStore {
    private final Map<String, ChallengeRegistration> kept = new ConcurrentHashMap<>();

    @Override
    public List<ChallengeRegistration> registrations() {
      return List.copyOf(kept.values());
    }

    @Override
    public void put(ChallengeRegistration registration) {
      kept.put(registration.id(), registration);
    }

    @Override
    public void remove(String id) {
      kept.remove(id);
    }
  }

  private final House house = new House("home.test.");
  private final MemoryStore store = new MemoryStore();
  private NameVeto veto = NameVeto.NONE;
  private Challenges challenges = open();

  private Challenges open() {
    return new Challenges(
        store,
        new RegistrationStanding(
            house.hosts,
            new HostAuthenticator(house.hosts, house.hasher),
            new HostGrants(house.hosts, SiteMembers.NONE)),
        house.writer,
        house.hasher,
        house.clock,
        new Random(4),
        RejectedAttempts.NONE,
        host -> veto.against(host));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Host host(String name) {
    return ((HostAddition.Added) house.hosts.add(name(name), 60)).host();
  }

  private ChallengeRegistration client(Host host) {
    Credential own = Objects.requireNonNull(house.hosts.credential(host.credentialId()));
    return Objects.requireNonNull(challenges.register(host, List.of(), own)).registration();
  }

  @Test
  void clientsAreKnownByTheirHostAlsoAfterARestart() {
    Host cam = host("cam.home.test.");
    Host tv = host("tv.home.test.");
    var ofCam = new ArrayList<ChallengeRegistration>();
    for (int i = 0; i < 3; i++) {
      house.clock.advance(Duration.ofSeconds(1));
      ofCam.add(client(cam));
    }
    ChallengeRegistration ofTv = client(tv);
    challenges = open();
    assertThat(challenges.of(name("CAM.home.test."))).isEqualTo(ofCam);
    assertThat(challenges.remove(ofCam.get(1).id())).isTrue();
    assertThat(challenges.remove(ofCam.get(1).id())).isFalse();
    assertThat(challenges.of(cam.name())).containsExactly(ofCam.get(0), ofCam.get(2));
    house.hosts.whenRemoved(challenges::removed);
    house.hosts.remove(cam.name());
    assertThat(challenges.of(cam.name())).isEmpty();
    assertThat(challenges.of(tv.name())).containsExactly(ofTv);
    assertThat(store.kept.values()).containsExactly(ofTv);
  }

  /** As after a crash between the two. */
  @Test
  void whoseHostWasRemovedBeforeTheStartAnswersForNobody() {
    Host cam = host("cam.home.test.");
    Host tv = host("tv.home.test.");
    client(cam);
    ChallengeRegistration ofTv = client(tv);
    house.hosts.remove(cam.name());
    challenges = open();
    assertThat(store.kept.values()).containsExactly(ofTv);
    assertThat(challenges.of(host("cam.home.test.").name())).isEmpty();
  }

  @Test
  void aClockThatIsSetBackEndsNoRegistration() {
    Host cam = host("cam.home.test.");
    house.clock.advance(Duration.ofDays(-1));
    Credential own = Objects.requireNonNull(house.hosts.credential(cam.credentialId()));
    var made = Objects.requireNonNull(challenges.register(cam, List.of(), own));
    String id = made.registration().id();
    assertThat(challenges.publish(id, made.secret(), id, ANSWER, ORIGIN))
        .isInstanceOf(ChallengeOutcome.Published.class);
  }

  @Test
  void theAnswersOfAHostGoWithIt() {
    Host cam = host("cam.home.test.");
    house.hosts.whenRemoved(challenges::removed);
    assertThat(challenges.publish(cam, ANSWER, "ann", ORIGIN))
        .isInstanceOf(ChallengeOutcome.Published.class);
    assertThat(challenges.answers(cam)).containsExactly(ANSWER);
    house.hosts.remove(cam.name());
    assertThat(challenges.answers(cam)).isEmpty();
  }

  @Test
  void anAnswerThatComesBehindABlockDoesNotStay() {
    Host cam = host("cam.home.test.");
    var asked = new AtomicInteger();
    veto = _ -> asked.getAndIncrement() == 0 ? null : "the name was blocked";
    assertThat(challenges.publish(cam, ANSWER, "ann", ORIGIN))
        .isEqualTo(new ChallengeOutcome.Forbidden("the name was blocked"));
    assertThat(challenges.answers(cam)).isEmpty();
  }

  @Test
  void anAnswerThatComesBehindTheRemovalOfItsHostDoesNotStay() {
    Host cam = host("cam.home.test.");
    house.hosts.whenRemoved(challenges::removed);
    // Asked between the look at the host and the commit.
    veto =
        host -> {
          house.hosts.remove(host);
          return null;
        };
    assertThat(challenges.publish(cam, ANSWER, "ann", ORIGIN))
        .isInstanceOf(ChallengeOutcome.Forbidden.class);
    assertThat(challenges.answers(cam)).isEmpty();
  }
}
