package net.homeport.registry.restriction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.homeport.registry.House;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.MemoryCredentialStore;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.host.CredentialChange;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.restriction.HostRelease.Released;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.testkit.DnsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What devices say while a person stands against it is done once that person does no more. */
final class WithheldReportsTest {
  private static final String CAM = "cam.home.test.";
  private static final Name NAME = DnsText.name(CAM);

  private final Kept store = new Kept();
  private final List<UpdateObserver> observers = new ArrayList<>();
  private final Premises premises =
      new Premises(
          new House("home.test."),
          new MemoryPolicyStore(),
          List.of(),
          List.of(observation -> observers.forEach(each -> each.observed(observation))));
  private final String secret = premises.host(CAM);
  private WithheldReports reports = restarted();
  private boolean silent;

  /** A store in memory, which can be told to fail. */
  private static final class Kept implements WithheldReportStore {
    final Map<Name, EarlierReport> all = new LinkedHashMap<>();
    int writes;
    boolean failing;

    @Override
    public List<EarlierReport> reports() {
      return List.copyOf(all.values());
    }

    @Override
    public void keep(List<EarlierReport> reports, List<Name> forgotten) {
      writes++;
      if (failing) {
        throw new RegistryStoreException("the disk is full", new IllegalStateException());
      }
      reports.forEach(report -> all.put(report.host(), report));
      forgotten.forEach(all::remove);
    }
  }

  private WithheldReports restarted() {
    observers.clear();
    reports = new WithheldReports(store, premises.policies, premises.standings);
    observers.add(reports);
    return reports;
  }

  @AfterEach
  void close() {
    premises.close();
  }

  private void block() {
    premises.standings.block(new HostBlock(NAME, "abuse", "ann", premises.house.clock.instant()));
  }

  private Released release() {
    return new HostRelease(premises.hosts, reports, premises.updates, _ -> silent).release(NAME);
  }

  private Released unblocked() {
    premises.standings.unblock(NAME);
    return release();
  }

  private List<String> published() {
    return premises.rdata(CAM, Type.A);
  }

  @Test
  void whatWaitedForApprovalIsPublishedWithItAlsoAfterARestart() {
    premises.set(Premises.ofHost(CAM), PolicySetting.APPROVAL, "yes");
    assertThat(premises.update(CAM, secret, "192.0.2.1"))
        .isInstanceOf(UpdateOutcome.Withheld.class);
    reports.flush();
    restarted();
    assertThat(release())
        .isInstanceOfSatisfying(
            Released.Judged.class,
            judged -> assertThat(judged.outcome()).isInstanceOf(UpdateOutcome.Withheld.class));
    premises.standings.approve(new HostApproval(NAME, "ann", premises.house.clock.instant()));
    assertThat(release())
        .isInstanceOfSatisfying(
            Released.Judged.class,
            judged -> assertThat(judged.outcome()).isInstanceOf(UpdateOutcome.Updated.class));
    assertThat(published()).containsExactly("192.0.2.1");
    assertThat(release()).isInstanceOf(Released.NothingReported.class);
    reports.flush();
    assertThat(store.all).isEmpty();
  }

  @Test
  void whatABlockedDeviceSaidLastIsDoneAndNotWhatItSaidBefore() {
    block();
    premises.update(CAM, secret, "192.0.2.1");
    premises.update(CAM, secret, "192.0.2.2");
    unblocked();
    assertThat(published()).containsExactly("192.0.2.2");
    premises.update(CAM, secret, "192.0.2.3");
    block();
    assertThat(unblocked()).isInstanceOf(Released.NothingReported.class);
    assertThat(published()).containsExactly("192.0.2.3");
  }

  /** A stolen secret may have spoken last. */
  @ParameterizedTest
  @CsvSource({
    "rotate, the secret that proved it was replaced since",
    "disable, the credential is disabled"
  })
  void whoseSecretWasReplacedOrTakenBackIsNotFollowed(String deed, String why) {
    var credentials =
        new HostCredentials(
            premises.hosts,
            new MemoryCredentialStore(),
            new CredentialUses(new MemoryCredentialStore()),
            new RequestSignatures(
                new SecretCipher(new byte[32], new Random(3)), premises.house.clock, "nobody"),
            premises.house.hasher);
    block();
    premises.update(CAM, secret, "192.0.2.66");
    premises.house.clock.advance(Duration.ofSeconds(1));
    String username = CAM.substring(0, CAM.length() - 1);
    assertThat(
            deed.equals("rotate")
                ? credentials.rotate(username, Duration.ZERO)
                : credentials.disable(username, true))
        .isInstanceOf(CredentialChange.Done.class);
    assertThat(unblocked())
        .isInstanceOfSatisfying(
            Released.Judged.class,
            judged ->
                assertThat(judged.outcome())
                    .isEqualTo(new UpdateOutcome.Rejected(UpdateOutcome.Reason.NOT_ALLOWED, why)));
    assertThat(published()).isEmpty();
    assertThat(reports.of(NAME)).isNull();
  }

  @Test
  void eachFamilyOfWhichADeviceReportsByItselfWaits() {
    premises.set(Premises.ofHost(CAM), PolicySetting.APPROVAL, "yes");
    premises.update(CAM, secret, "192.0.2.1");
    premises.update(CAM, secret, "2001:db8::1");
    premises.update(CAM, secret); // a sign of life
    premises.standings.approve(new HostApproval(NAME, "ann", premises.house.clock.instant()));
    release();
    assertThat(published()).containsExactly("192.0.2.1");
    assertThat(premises.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void whatTheDeviceSaidOfOneFamilySinceLeavesTheOther() {
    block();
    premises.update(CAM, secret, "192.0.2.1", "2001:db8::1");
    premises.standings.unblock(NAME);
    premises.update(CAM, secret, "192.0.2.2");
    release();
    assertThat(published()).containsExactly("192.0.2.2");
    assertThat(premises.rdata(CAM, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
  }

  /** A newer report that comes between the judgement of the older one and its commit. */
  @Test
  void whatTheDeviceSaidMeanwhileIsNotOverwritten() {
    block();
    premises.update(CAM, secret, "192.0.2.1");
    premises.standings.unblock(NAME);
    var release =
        new HostRelease(
            premises.hosts,
            reports,
            premises.updates,
            _ -> {
              premises.update(CAM, secret, "192.0.2.2");
              return false;
            });
    assertThat(release.release(NAME)).isInstanceOf(Released.Overtaken.class);
    assertThat(published()).containsExactly("192.0.2.2");
  }

  @Test
  void whoNeedsNoApprovalAnyMoreIsReleased() {
    premises.set(Premises.ofHost(CAM), PolicySetting.APPROVAL, "yes");
    premises.update(CAM, secret, "192.0.2.1");
    var release = new HostRelease(premises.hosts, reports, premises.updates, _ -> silent);
    release.releaseFree();
    assertThat(published()).isEmpty();
    premises.policies.unset(Premises.ofHost(CAM), PolicySetting.APPROVAL);
    release.releaseFree();
    assertThat(published()).containsExactly("192.0.2.1");
  }

  @Test
  void whoWasSilentSinceIsNotPublished() {
    block();
    premises.update(CAM, secret, "192.0.2.1");
    silent = true;
    assertThat(unblocked()).isInstanceOf(Released.SilentSince.class);
    assertThat(published()).isEmpty();
  }

  @Test
  void whoseCredentialIsGoneIsNotFollowed() {
    premises.standings.block(new HostBlock(NAME, "abuse", "ann", premises.house.clock.instant()));
    premises.update(CAM, secret, "192.0.2.1");
    premises.hosts.remove(NAME);
    premises.host(CAM);
    assertThat(unblocked())
        .isInstanceOfSatisfying(
            Released.Judged.class,
            judged -> assertThat(judged.outcome()).isInstanceOf(UpdateOutcome.Rejected.class));
    assertThat(published()).isEmpty();
  }

  @Test
  void aDeviceThatSaysTheSameAgainAndAgainIsWrittenOnce() {
    block();
    for (int i = 0; i < 5; i++) {
      premises.house.clock.advance(Duration.ofMinutes(5));
      premises.update(CAM, secret, "192.0.2.1");
      reports.flush();
    }
    assertThat(store.writes).isOne();
    premises.update(CAM, secret, "192.0.2.2");
    reports.flush();
    assertThat(store.writes).isEqualTo(2);
    assertThat(store.all).containsOnlyKeys(NAME);
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenTheNextTime() {
    block();
    premises.update(CAM, secret, "192.0.2.1");
    store.failing = true;
    assertThatThrownBy(reports::flush).isInstanceOf(RegistryStoreException.class);
    store.failing = false;
    reports.flush();
    assertThat(store.all).containsOnlyKeys(NAME);
  }

  @Test
  void aRemovedHostTakesItWithIt() {
    premises.hosts.whenRemoved(reports::forget);
    block();
    premises.update(CAM, secret, "192.0.2.1");
    reports.flush();
    premises.hosts.remove(NAME);
    assertThat(reports.of(NAME)).isNull();
    reports.flush();
    assertThat(store.all).isEmpty();
  }
}
