package net.homeport.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.homeport.testkit.FakeClock;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  @Test
  void oneTooManyEndsTheOldest() {
    var sessions = new Sessions(new FakeClock(), new Random(1));
    String first = sessions.open();
    String second = sessions.open();
    for (int i = 2; i < Sessions.SESSIONS_MAX; i++) {
      sessions.open();
    }
    assertThat(sessions.isOpen(first)).isTrue();

    String last = sessions.open();

    assertThat(sessions.isOpen(first)).isFalse();
    assertThat(sessions.isOpen(second)).isTrue();
    assertThat(sessions.isOpen(last)).isTrue();
  }

  @Test
  void nobodyGuessesOne() {
    var sessions = new Sessions(new FakeClock(), new Random(1));
    sessions.open();
    assertThat(sessions.isOpen("")).isFalse();
  }
}
