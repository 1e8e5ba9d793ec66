package net.homeport.registry.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What a request goes through: the order of the stages, and what each may decide. */
final class UpdateStagesTest {
  private static final RequestOrigin ORIGIN =
      new RequestOrigin(InetAddress.ofLiteral("203.0.113.7"), "test");

  private final House house = new House("home.test.", "other.test.");
  private final String secret = Objects.requireNonNull(house.host("cam.home.test.").secret());
  private final List<Observation> observed = new ArrayList<>();
  private final List<ProposedChange> made = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    house.close();
  }

  private final class Saying implements UpdateCheck {
    private final String name;
    private final Verdict verdict;
    private final @Nullable String only;

    Saying(String name, Verdict verdict, @Nullable String only) {
      this.name = name;
      this.verdict = verdict;
      this.only = only;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Verdict check(ProposedChange change) {
      asked.add(name);
      return only == null || change.host().name().toString(true).equals(only)
          ? verdict
          : Verdict.PASS;
    }

    @Override
    public void made(ProposedChange change) {
      made.add(change);
    }
  }

  private HostUpdates updates(AddressPlanner planner, UpdateCheck... checks) {
    return new HostUpdates(
        house.hosts,
        house.writer,
        house.clock,
        new UpdateStages(
            new HostAuthenticator(house.hosts, house.hasher),
            HostAccess.OWN_CREDENTIAL,
            planner,
            List.of(checks),
            List.of(observed::add),
            RejectedAttempts.NONE));
  }

  private HostUpdates updates(UpdateCheck... checks) {
    return updates(new DirectPlanner(house.writer::snapshot), checks);
  }

  private UpdateRequest request(AddressWish ipv4, AddressWish ipv6) {
    return new UpdateRequest(
        new Presented.Token(secret), ORIGIN, List.of(new HostWish("cam.home.test", ipv4, ipv6)));
  }

  private static AddressWish address(String... texts) {
    return new AddressWish.Publish(Arrays.stream(texts).map(InetAddress::ofLiteral).toList());
  }

  private static UpdateOutcome one(UpdateAnswer answer) {
    return ((UpdateAnswer.PerHost) answer).outcomes().getFirst();
  }

  @Test
  void aTokenNeedsNoUserName() {
    assertThat(one(updates().update(request(address("192.0.2.1"), AddressWish.KEEP))))
        .isEqualTo(new UpdateOutcome.Updated());
    var wrong =
        new UpdateRequest(
            new Presented.Token(secret + "x"),
            ORIGIN,
            List.of(new HostWish("cam.home.test", address("192.0.2.2"), AddressWish.KEEP)));
    assertThat(updates().update(wrong)).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(wrong.toString()).doesNotContain(secret);
  }

  @Test
  void severalAddressesWithdrawAndRenumber() {
    HostUpdates updates = updates();
    updates.update(request(address("192.0.2.1", "192.0.2.2"), address("2001:db8:1:1::5")));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1", "192.0.2.2");
    var network = new AddressWish.Renumber(AddressBlock.parse("2001:db8:2:2::/64"));
    assertThat(one(updates.update(request(AddressWish.WITHDRAW, network))))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).containsExactly("2001:db8:2:2:0:0:0:5");
    assertThat(one(updates.update(request(AddressWish.WITHDRAW, network))))
        .isEqualTo(new UpdateOutcome.Unchanged());
    // Nothing to renumber: nothing is made up.
    updates.update(request(AddressWish.KEEP, AddressWish.WITHDRAW));
    assertThat(one(updates.update(request(AddressWish.KEEP, network))))
        .isEqualTo(new UpdateOutcome.Unchanged());
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).isEmpty();
  }

  @Test
  void theFirstCheckThatDoesNotPassDecidesAndIsTold() {
    var no = new Verdict.Reject(Reason.NOT_ALLOWED, "the name is locked");
    HostUpdates updates =
        updates(
            new Saying("first", Verdict.PASS, null),
            new Saying("second", no, null),
            new Saying("third", Verdict.PASS, null));
    UpdateRequest request = request(address("192.0.2.1"), AddressWish.KEEP);
    assertThat(one(updates.update(request)))
        .isEqualTo(new UpdateOutcome.Rejected(Reason.NOT_ALLOWED, "the name is locked"));
    assertThat(asked).containsExactly("first", "second");
    assertThat(made).isEmpty();
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    Credential credential =
        ((Authentication.Proven)
                new HostAuthenticator(house.hosts, house.hasher)
                    .authenticate(request.presented(), ORIGIN))
            .credential();
    assertThat(updates.explain(request, credential).getFirst().steps())
        .containsExactly(
            new UpdateJudgement.Step("first", Verdict.PASS),
            new UpdateJudgement.Step("second", no));
  }

  @Test
  void withheldAndPostponedChangeNothingAndAreObserved() {
    var later = Duration.ofSeconds(20);
    UpdateRequest request = request(address("192.0.2.1"), AddressWish.KEEP);
    var withheld = new Saying("approval", new Verdict.Withhold("waits for approval"), null);
    assertThat(one(updates(withheld).update(request)))
        .isEqualTo(new UpdateOutcome.Withheld("waits for approval"));
    var postponed = new Saying("budget", new Verdict.Postpone("too many changes", later), null);
    assertThat(one(updates(postponed).update(request)))
        .isEqualTo(new UpdateOutcome.Postponed("too many changes", later));
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(observed)
        .extracting(o -> o.outcome().getClass().getSimpleName())
        .containsExactly("Withheld", "Postponed");
  }

  @Test
  void whatWasMadeIsCountedAndAMereSignOfLifeIsNot() {
    HostUpdates updates = updates(new Saying("budget", Verdict.PASS, null));
    UpdateRequest request = request(address("192.0.2.1"), AddressWish.KEEP);
    updates.update(request);
    assertThat(made).singleElement().matches(ProposedChange::changes);
    assertThat(one(updates.update(request))).isEqualTo(new UpdateOutcome.Unchanged());
    assertThat(made).hasSize(1);
    assertThat(observed).hasSize(2);
  }

  /** Plans the host that was asked for, and with it those named after it. */
  private AddressPlanner withFollowers(String... followers) {
    var direct = new DirectPlanner(house.writer::snapshot);
    return (host, wish, credential) -> {
      var planned = new ArrayList<>(direct.plan(host, wish, credential));
      for (String follower : followers) {
        Host other = Objects.requireNonNull(house.hosts.host(DnsText.name(follower)));
        planned.addAll(direct.plan(other, wish, credential));
      }
      return planned;
    };
  }

  @Test
  void hostsThatFollowChangeInTheSameCommit() {
    house.host("nas.home.test.");
    house.host("far.other.test.");
    int before = house.journal.size();
    assertThat(
            one(
                updates(withFollowers("nas.home.test.", "far.other.test."))
                    .update(request(address("192.0.2.1"), AddressWish.KEEP))))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata("nas.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata("far.other.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(house.journal.subList(before, house.journal.size())).hasSize(2);
  }

  @Test
  void aFollowerThatMayNotChangeIsLeftAndTheOthersChange() {
    house.host("nas.home.test.");
    house.host("tv.home.test.");
    var locked = new Verdict.Reject(Reason.NOT_ALLOWED, "the name is locked");
    HostUpdates updates =
        updates(
            withFollowers("nas.home.test.", "tv.home.test."),
            new Saying("lock", locked, "nas.home.test"));
    assertThat(one(updates.update(request(address("192.0.2.1"), AddressWish.KEEP))))
        .isEqualTo(new UpdateOutcome.Updated());
    assertThat(house.rdata("nas.home.test.", Type.A)).isEmpty();
    assertThat(house.rdata("tv.home.test.", Type.A)).containsExactly("192.0.2.1");
  }
}
