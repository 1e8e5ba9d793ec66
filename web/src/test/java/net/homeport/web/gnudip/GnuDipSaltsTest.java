package net.homeport.web.gnudip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.testkit.FakeClock;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;
import net.homeport.web.gnudip.GnuDipSalts.Issued;
import net.homeport.web.gnudip.GnuDipSalts.Use;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

/** Salts that are brought back: when one is wrong, and when it is us who cannot take it. */
final class GnuDipSaltsTest {
  private final FakeClock clock = new FakeClock();
  private final SecretHasher hasher =
      new SecretHasher(new byte[SecretHasher.KEY_OCTETS], new Random(7));
  private final GnuDipSalts salts = new GnuDipSalts(hasher, clock);

  private void fill() {
    for (int i = 0; i < GnuDipSalts.USED_MAX; i++) {
      assertThat(salts.use(salts.issue())).isEqualTo(Use.NEW);
    }
  }

  @Test
  void whenTooManyAreInUseTheNextIsNotWrong() {
    Issued used = salts.issue();
    assertThat(salts.use(used)).isEqualTo(Use.NEW);
    for (int i = 1; i < GnuDipSalts.USED_MAX; i++) {
      assertThat(salts.use(salts.issue())).isEqualTo(Use.NEW);
    }
    assertThat(salts.use(salts.issue())).isEqualTo(Use.NOT_NOW);
    assertThat(salts.use(used)).isEqualTo(Use.WRONG);
    assertThat(salts.use(new Issued("a", "0", "00"))).isEqualTo(Use.WRONG);
    clock.advance(GnuDipSalts.LIFE.plusSeconds(1));
    assertThat(salts.use(salts.issue())).isEqualTo(Use.NEW);
  }

  @Test
  void theDoorIsOpenAfterTheClockWasSetBack() {
    fill();
    clock.advance(Duration.ofHours(-1));
    assertThat(salts.use(salts.issue())).isEqualTo(Use.NEW);
  }

  /** Threat: what was used, and forgotten, is young again when the clock was set back. */
  @Test
  void aSaltIsNotTakenTwiceWhenTheClockWasSetBack() {
    Issued used = salts.issue();
    assertThat(salts.use(used)).isEqualTo(Use.NEW);
    clock.advance(Duration.ofHours(1));
    assertThat(salts.use(salts.issue())).isEqualTo(Use.NEW);
    Issued underWay = salts.issue();
    clock.advance(Duration.ofHours(-1));
    assertThat(salts.use(used)).isEqualTo(Use.NOT_NOW);
    assertThat(salts.use(underWay)).isEqualTo(Use.NOT_NOW);
    clock.advance(Duration.ofHours(1));
    assertThat(salts.use(underWay)).isNotEqualTo(Use.NEW);
    clock.advance(Duration.ofHours(-1));
    assertThat(salts.use(used)).isEqualTo(Use.WRONG);
  }

  @Test
  void whatWasUsedBeforeTheStartIsNotKnownSoItIsNotTaken() {
    Issued before = salts.issue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(new GnuDipSalts(hasher, clock).use(before)).isEqualTo(Use.NOT_NOW);
  }

  /** A device that was told of a wrong login would give up. */
  @Test
  void inHttpOurOverloadIsATroubleAndNoWrongLogin() {
    var dialect = new GnuDipDialect(hasher, clock);
    Issued before = salts.issue();
    assertThat(reply(dialect, before).body()).contains("name=\"retc\" content=\"1\"");
    clock.advance(Duration.ofSeconds(1));
    assertThat(reply(new GnuDipDialect(hasher, clock), before)).isEqualTo(DoorReply.TROUBLE);
  }

  private static DoorReply reply(GnuDipDialect dialect, Issued issued) {
    var parameters = new Fields(true);
    parameters.add("salt", issued.salt());
    parameters.add("time", issued.time());
    parameters.add("sign", issued.sign());
    parameters.add("user", "branch1");
    parameters.add("pass", "00");
    parameters.add("domn", "dyn.example.org");
    parameters.add("reqc", "2");
    Question question =
        dialect.read(
            new DoorRequest(
                GnuDipDialect.PATH,
                parameters,
                "",
                null,
                null,
                false,
                new Presented.Signed("", "", "", "", ""),
                InetAddress.getLoopbackAddress()));
    // Nobody knows that user.
    return dialect.reply(new UpdateAnswer.Unauthorized(), question);
  }
}
