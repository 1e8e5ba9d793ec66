package net.homeport.nameserver.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import net.homeport.testkit.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class ReloadingCertificateTest {

  private final FakeClock clock = new FakeClock();
  private final Warnings log = new Warnings();

  @TempDir private Path folder = Path.of("");

  private List<String> warnings() {
    return log.texts;
  }

  private ReloadingCertificate load() throws CertificateFileException {
    CertificateFiles files = TestCertificates.write(folder, clock.instant());
    return ReloadingCertificate.load(files, clock, new SecureRandom(), log);
  }

  @Test
  void takesNewFiles() throws Exception {
    ReloadingCertificate reloading = load();
    SSLContext first = reloading.context();
    var told = new ArrayList<SSLContext>();
    reloading.onReload(told::add);
    reloading.check();
    assertThat(reloading.context()).isSameAs(first);

    CertificateFiles next = TestCertificates.write(folder, clock.instant());
    reloading.check();

    assertThat(reloading.context()).isNotSameAs(first);
    assertThat(reloading.certificate().fingerprint()).isEqualTo(next.read().fingerprint());
    assertThat(told).containsExactly(reloading.context());
    assertThat(warnings()).isEmpty();
  }

  /**
   * As certbot renews: links of a "live" folder point to other files from one moment to the next.
   */
  @Test
  void followsSymbolicLinks() throws Exception {
    Path live = Files.createDirectory(folder.resolve("live"));
    CertificateFiles old =
        TestCertificates.write(Files.createDirectory(folder.resolve("1")), Instant.EPOCH);
    CertificateFiles renewed =
        TestCertificates.write(Files.createDirectory(folder.resolve("2")), Instant.EPOCH);
    var files = new CertificateFiles(live.resolve("fullchain.pem"), live.resolve("privkey.pem"));
    Files.createSymbolicLink(files.certificate(), old.certificate());
    Files.createSymbolicLink(files.key(), old.key());
    var reloading = ReloadingCertificate.load(files, () -> Instant.EPOCH, new SecureRandom(), log);

    pointTo(files.certificate(), renewed.certificate());
    reloading.check();
    assertThat(reloading.certificate().fingerprint()).isEqualTo(old.read().fingerprint());
    pointTo(files.key(), renewed.key());
    reloading.check();

    assertThat(reloading.certificate().fingerprint()).isEqualTo(renewed.read().fingerprint());
    assertThat(warnings()).isEmpty(); // the moment between the two is nobody's concern
  }

  private static void pointTo(Path link, Path target) throws IOException {
    Path beside = link.resolveSibling("new");
    Files.createSymbolicLink(beside, target);
    Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void keepsTheOldOneWhileTheFilesCannotBeUsedAndSaysSoOnce() throws Exception {
    ReloadingCertificate reloading = load();
    SSLContext first = reloading.context();
    CertificateFiles files = TestCertificates.write(folder, clock.instant());
    String whole = Files.readString(files.certificate());
    Files.writeString(files.certificate(), whole.substring(0, 200));

    for (int i = 0; i < 5; i++) {
      reloading.check();
    }
    assertThat(reloading.context()).isSameAs(first);
    assertThat(warnings()).singleElement().asString().contains("there is no certificate in");

    Files.delete(files.key());
    for (int i = 0; i < 5; i++) {
      reloading.check();
    }
    assertThat(reloading.context()).isSameAs(first);
    assertThat(warnings()).hasSize(2).last().asString().contains("key.pem does not exist");

    TestCertificates.write(folder, clock.instant());
    reloading.check();
    assertThat(reloading.context()).isNotSameAs(first);
  }

  @Test
  void warnsThreeWeeksBeforeItsEndOnceADay() throws Exception {
    ReloadingCertificate reloading = load();
    Duration left = Duration.between(clock.instant(), reloading.certificate().notAfter());
    clock.advance(left.minus(ReloadingCertificate.WARNING).minusSeconds(1));
    reloading.check();
    assertThat(reloading.endsSoon()).isFalse();
    assertThat(warnings()).isEmpty();

    clock.advance(Duration.ofSeconds(2));
    reloading.check();
    reloading.check();
    assertThat(reloading.endsSoon()).isTrue();
    assertThat(warnings()).singleElement().asString().contains("expires in 20 days");

    clock.advance(Duration.ofDays(1));
    reloading.check();
    assertThat(warnings()).hasSize(2).last().asString().contains("expires in 19 days");

    clock.advance(Duration.ofDays(30));
    reloading.check();
    assertThat(warnings()).hasSize(3).last().asString().contains("expired at");
  }

  /** A logger which keeps its warnings. */
  private static final class Warnings extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient List<String> texts = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable throwable) {
      if (level == Level.WARN) {
        texts.add(String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments)));
      }
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
