package net.homeport.registry.update;

import static net.homeport.registry.update.UpdateOutcome.Reason.NAME_TAKEN;
import static net.homeport.registry.update.UpdateOutcome.Reason.NOT_A_HOST_NAME;
import static net.homeport.registry.update.UpdateOutcome.Reason.NO_SUCH_HOST;
import static net.homeport.registry.update.UpdateOutcome.Reason.TOO_MANY_HOSTS;
import static net.homeport.registry.update.UpdateOutcome.Reason.UNUSABLE_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.homeport.registry.House;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** The update of a host: who asks, for which hosts, which addresses, and what comes of it. */
final class HostUpdatesTest {
  private static final UpdateOutcome UPDATED = new UpdateOutcome.Updated();
  private static final UpdateOutcome UNCHANGED = new UpdateOutcome.Unchanged();

  private final House house = new House("home.test.\ntext TXT hello", "other.test.");
  private final String secret = Objects.requireNonNull(house.host("cam.home.test.").secret());

  @AfterEach
  void close() {
    house.close();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private UpdateRequest request(List<String> hosts, @Nullable String ipv4, @Nullable String ipv6) {
    return request("cam.home.test", secret, hosts, ipv4, ipv6);
  }

  private static UpdateRequest request(
      String username,
      String secret,
      List<String> hosts,
      @Nullable String ipv4,
      @Nullable String ipv6) {
    return new UpdateRequest(
        new Presented.Password(username, secret),
        new RequestOrigin(address("203.0.113.7"), "dyndns2"),
        hosts.stream().map(name -> new HostWish(name, wish(ipv4), wish(ipv6))).toList());
  }

  private static AddressWish wish(@Nullable String text) {
    return text == null ? AddressWish.KEEP : new AddressWish.Publish(address(text));
  }

  private List<UpdateOutcome> update(String ipv4, String... hosts) {
    UpdateAnswer answer = house.updates.update(request(Arrays.asList(hosts), ipv4, null));
    return ((UpdateAnswer.PerHost) answer).outcomes();
  }

  private UpdateOutcome updateCam(@Nullable String ipv4, @Nullable String ipv6) {
    UpdateAnswer answer = house.updates.update(request(List.of("cam.home.test"), ipv4, ipv6));
    return ((UpdateAnswer.PerHost) answer).outcomes().getFirst();
  }

  private static UpdateOutcome rejected(UpdateOutcome.Reason reason) {
    return new UpdateOutcome.Rejected(reason);
  }

  private void edit(String... records) {
    List<UpdateOperation> additions =
        DnsText.records(records).stream()
            .<UpdateOperation>map(UpdateOperation.AddRecord::new)
            .toList();
    CommitResult result =
        house
            .writer
            .submit(
                new ZoneUpdate(
                    DnsText.name("home.test."),
                    List.of(),
                    additions,
                    Management.STATIC,
                    House.ADMINISTRATOR))
            .join();
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aNewAddressIsInTheZoneWhenTheOutcomeIsThere() {
    assertThat(updateCam("192.0.2.1", "2001:db8::1")).isEqualTo(UPDATED);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(updateCam("192.0.2.2", null)).isEqualTo(UPDATED);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.2");
  }

  @Test
  void theSameAddressIsUnchangedAndNotWritten() {
    updateCam("192.0.2.1", "2001:db8::1");
    int written = house.journal.size();
    assertThat(updateCam("192.0.2.1", "2001:db8::1")).isEqualTo(UNCHANGED);
    assertThat(updateCam("192.0.2.1", null)).isEqualTo(UNCHANGED);
    assertThat(house.journal).hasSize(written);
  }

  @Test
  void aFamilyThatIsNotGivenIsNotTouched() {
    updateCam("192.0.2.1", "2001:db8::1");
    assertThat(updateCam(null, "2001:db8::2")).isEqualTo(UPDATED);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:2");
  }

  @Test
  void theHistorySaysWhoHowFromWhereAndWhen() {
    updateCam("192.0.2.1", null);
    var changeset = (Changeset) house.journal.getLast();
    assertThat(changeset.changes().getFirst().attribution())
        .isEqualTo(
            new Attribution(
                "cam.home.test", "dyndns2", address("203.0.113.7"), house.clock.instant()));
    assertThat(Objects.requireNonNull(changeset.changes().getFirst().after()).ttl()).isEqualTo(60);
  }

  @Test
  void anUnknownUserAndAWrongSecretLookTheSame() {
    var unauthorized = new UpdateAnswer.Unauthorized();
    for (String[] wrong :
        new String[][] {
          {"cam.home.test", secret + "x"},
          {"cam.home.test", ""},
          {"nobody", secret},
          {"", ""},
        }) {
      var request = request(wrong[0], wrong[1], List.of("cam.home.test"), "192.0.2.1", null);
      assertThat(house.updates.update(request)).isEqualTo(unauthorized);
    }
    assertThat(house.journal).isEmpty();
  }

  @Test
  void whoIsNotKnownIsNotToldWhatElseIsWrong() {
    var request = request("nobody", "x", Collections.nCopies(99, "a..b"), null, null);
    assertThat(house.updates.update(request)).isInstanceOf(UpdateAnswer.Unauthorized.class);
  }

  @Test
  void theLetterCaseOfUserAndHostDoesNotMatter() {
    var request = request("CAM.Home.Test", secret, List.of("Cam.HOME.test."), "192.0.2.1", null);
    assertThat(house.updates.update(request)).isEqualTo(new UpdateAnswer.PerHost(List.of(UPDATED)));
  }

  @Test
  void anUnknownHostAndTheHostOfAnotherLookTheSame() {
    house.host("nas.home.test.");
    assertThat(update("192.0.2.1", "nas.home.test", "nobody.home.test", "www.elsewhere.invalid"))
        .containsOnly(rejected(NO_SUCH_HOST));
    assertThat(house.rdata("nas.home.test.", Type.A)).isEmpty();
  }

  @Test
  void severalHostsGetTheirOutcomesInTheirOrderAndOneCommitAZone() {
    house.host("nas.home.test.");
    house.hostOf("cam.home.test", "tv.home.test.");
    house.hostOf("cam.home.test", "far.other.test.");
    update("192.0.2.1", "tv.home.test");
    int before = house.journal.size();
    assertThat(
            update(
                "192.0.2.1",
                "far.other.test",
                "nas.home.test",
                "tv.home.test",
                "a..b",
                "cam.home.test"))
        .containsExactly(
            UPDATED, rejected(NO_SUCH_HOST), UNCHANGED, rejected(NOT_A_HOST_NAME), UPDATED);
    assertThat(house.journal.subList(before, house.journal.size())).hasSize(2);
    assertThat(house.rdata("far.other.test.", Type.A)).containsExactly("192.0.2.1");
    assertThat(house.rdata("nas.home.test.", Type.A)).isEmpty();
  }

  @Test
  void theSameHostTwiceIsChangedOnce() {
    assertThat(update("192.0.2.1", "cam.home.test", "CAM.home.test."))
        .containsExactly(UPDATED, UPDATED);
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void twentyHostsAreAllowedOneMoreIsNot() {
    List<String> names = new ArrayList<>(List.of("cam.home.test"));
    for (int i = 1; i < UpdateRequest.HOSTS_MAX; i++) {
      house.hostOf("cam.home.test", "h%d.home.test.".formatted(i));
      names.add("h%d.home.test".formatted(i));
    }
    assertThat(house.updates.update(request(names, "192.0.2.1", null)))
        .isEqualTo(new UpdateAnswer.PerHost(Collections.nCopies(20, UPDATED)));
    names.add("cam.home.test");
    assertThat(house.updates.update(request(names, "192.0.2.2", null)))
        .isEqualTo(new UpdateAnswer.Rejected(TOO_MANY_HOSTS));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void noHostAtAllIsRejected() {
    assertThat(house.updates.update(request(List.of(), "192.0.2.1", null)))
        .isEqualTo(new UpdateAnswer.Rejected(NOT_A_HOST_NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "test", "a..b.test", "bücher.home.test", "-", "@", "\\999.home.test"})
  void whatIsNoHostNameIsRejected(String text) {
    assertThat(update("192.0.2.1", text).getFirst())
        .isIn(rejected(NOT_A_HOST_NAME), rejected(NO_SUCH_HOST));
    assertThat(update("192.0.2.1", "x".repeat(64) + ".home.test"))
        .containsExactly(rejected(NOT_A_HOST_NAME));
    assertThat(update("192.0.2.1", "x.".repeat(130) + "home.test"))
        .containsExactly(rejected(NOT_A_HOST_NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "169.254.1.1",
        "::",
        "ff02::1",
        "fe80::1"
      })
  void anAddressThatNoHostHasIsRejected(String text) {
    boolean ipv4 = !text.contains(":");
    List<String> cam = List.of("cam.home.test");
    var rejected = new UpdateAnswer.Rejected(UNUSABLE_ADDRESS);
    assertThat(house.updates.update(request(cam, ipv4 ? text : null, ipv4 ? null : text)))
        .isEqualTo(rejected);
    // A good address of the other family does not help.
    assertThat(
            house.updates.update(
                request(cam, ipv4 ? text : "192.0.2.1", ipv4 ? "2001:db8::1" : text)))
        .isEqualTo(rejected);
    assertThat(house.journal).isEmpty();
  }

  @Test
  void noAddressAtAllIsASignOfLife() {
    assertThat(house.updates.update(request(List.of("cam.home.test"), null, null)))
        .isEqualTo(new UpdateAnswer.PerHost(List.of(new UpdateOutcome.Unchanged())));
    assertThat(house.journal).isEmpty();
  }

  @Test
  void aFlawIsToldToThoseWhoProveThemselves() {
    var asked = request(List.of("cam.home.test"), "192.0.2.1", null);
    var flawed =
        new UpdateRequest(asked.presented(), asked.origin(), asked.hosts(), UNUSABLE_ADDRESS);
    assertThat(house.updates.update(flawed)).isEqualTo(new UpdateAnswer.Rejected(UNUSABLE_ADDRESS));
    var stranger =
        new UpdateRequest(
            new Presented.Password("cam.home.test", "guess"),
            asked.origin(),
            asked.hosts(),
            UNUSABLE_ADDRESS);
    assertThat(house.updates.update(stranger)).isEqualTo(new UpdateAnswer.Unauthorized());
    assertThat(house.journal).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "223.255.255.255",
        "1.0.0.0",
        "fd00::1",
        "2001:db8::"
      })
  void privateAndOddAddressesAreForPoliciesToJudge(String text) {
    boolean ipv4 = !text.contains(":");
    assertThat(updateCam(ipv4 ? text : null, ipv4 ? null : text)).isEqualTo(UPDATED);
  }

  @Test
  void aStaticRecordInTheWayIsToldAndStays() {
    edit("cam.home.test. 60 A 192.0.2.99");
    assertThat(updateCam("192.0.2.1", null)).isEqualTo(rejected(NAME_TAKEN));
    // Even the same value is not the host's own.
    assertThat(updateCam("192.0.2.99", null)).isEqualTo(rejected(NAME_TAKEN));
    assertThat(updateCam("192.0.2.1", "2001:db8::1")).isEqualTo(rejected(NAME_TAKEN));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.99");
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).isEmpty();
    assertThat(updateCam(null, "2001:db8::1")).isEqualTo(UPDATED);
  }

  @Test
  void anAliasInTheWayIsTold() {
    edit("cam.home.test. 60 CNAME text.home.test.");
    assertThat(updateCam("192.0.2.1", null)).isEqualTo(rejected(NAME_TAKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cam.home.test. 60 NS ns.elsewhere.invalid.",
        "deep.home.test. 60 NS ns.elsewhere.invalid.",
        "deep.home.test. 60 DNAME elsewhere.invalid."
      })
  void aCutInTheWayIsToldAlsoWhenTheAddressIsTheSame(String cut) {
    String host = cut.startsWith("cam") ? "cam.home.test" : "tv.deep.home.test";
    if (!cut.startsWith("cam")) {
      house.hostOf("cam.home.test", host + ".");
    }
    assertThat(update("192.0.2.1", host)).containsExactly(UPDATED);
    edit(cut);
    // DNS does not answer this address any more: neither "good" nor "nochg" would be true.
    assertThat(update("192.0.2.1", host)).containsExactly(rejected(NAME_TAKEN));
    assertThat(update("192.0.2.2", host)).containsExactly(rejected(NAME_TAKEN));
  }

  @Test
  void aZoneThatWasPutOverTheHostIsInTheWay() {
    house.hostOf("cam.home.test", "tv.deep.home.test.");
    assertThat(update("192.0.2.1", "tv.deep.home.test")).containsExactly(UPDATED);
    house.zones.add(
        DnsText.name("deep.home.test."),
        DnsText.name("ns.elsewhere.invalid."),
        House.ADMINISTRATOR);
    assertThat(update("192.0.2.1", "tv.deep.home.test")).containsExactly(rejected(NAME_TAKEN));
    assertThat(update("192.0.2.2", "tv.deep.home.test")).containsExactly(rejected(NAME_TAKEN));
  }

  @Test
  void aStoreThatRefusesIsAFailureAndNeverTheCallersFault() {
    house.hostOf("cam.home.test", "tv.home.test.");
    updateCam("192.0.2.1", null);
    house.diskFull(true);
    assertThat(update("192.0.2.2", "cam.home.test", "nobody.home.test", "tv.home.test"))
        .containsExactly(
            new UpdateOutcome.Failed("the disk is full"),
            rejected(NO_SUCH_HOST),
            new UpdateOutcome.Failed("the disk is full"));
    assertThat(house.rdata("cam.home.test.", Type.A)).containsExactly("192.0.2.1");
    // What needs no disk is answered still.
    assertThat(updateCam("192.0.2.1", null)).isEqualTo(UNCHANGED);
    house.diskFull(false);
    assertThat(updateCam("192.0.2.2", null)).isEqualTo(UPDATED);
  }

  @Test
  void aWriterThatIsOverloadedOrClosedIsAFailure() {
    house.writer.close();
    assertThat(updateCam("192.0.2.1", null)).isInstanceOf(UpdateOutcome.Failed.class);
  }

  @Test
  void withdrawingTakesBothFamiliesOutAndNothingElse() {
    updateCam("192.0.2.1", "2001:db8::1");
    edit("cam.home.test. 60 TXT stays");
    var host = Objects.requireNonNull(house.hosts.host(DnsText.name("cam.home.test.")));
    assertThat(house.updates.withdraw(host, House.ADMINISTRATOR)).isEqualTo(UPDATED);
    assertThat(house.rdata("cam.home.test.", Type.A)).isEmpty();
    assertThat(house.rdata("cam.home.test.", Type.AAAA)).isEmpty();
    assertThat(house.rdata("cam.home.test.", Type.TXT)).hasSize(1);
    assertThat(house.updates.withdraw(host, House.ADMINISTRATOR)).isEqualTo(UNCHANGED);
  }

  @Test
  void aRequestDoesNotTellItsSecret() {
    assertThat(request(List.of("cam.home.test"), "192.0.2.1", null).toString())
        .contains("cam.home.test")
        .doesNotContain(secret);
  }
}
