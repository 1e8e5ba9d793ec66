package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.homeport.app.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people type them, in a zone where the clocks changed some weeks ago. */
final class TimeTextTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 11, 21, 11, 30, 15, 0, ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "now, 2026-11-21T10:30:15Z",
    "NOW, 2026-11-21T10:30:15Z",
    "2h ago, 2026-11-21T08:30:15Z",
    "2h, 2026-11-21T08:30:15Z",
    "90 s ago, 2026-11-21T10:28:45Z",
    "5m, 2026-11-21T10:25:15Z",
    "1w ago, 2026-11-14T10:30:15Z",
    "today, 2026-11-20T23:00:00Z",
    "today 9:05, 2026-11-21T08:05:00Z",
    "yesterday 14:03, 2026-11-20T13:03:00Z",
    "Yesterday 14:03:07, 2026-11-20T13:03:07Z",
    "2026-11-20, 2026-11-19T23:00:00Z",
    "2026-11-20 14:03, 2026-11-20T13:03:00Z",
    "2026-11-20T14:03, 2026-11-20T13:03:00Z",
    "2026-11-20T14:03:00Z, 2026-11-20T14:03:00Z",
    "2026-11-20 14:03:00-05:00, 2026-11-20T19:03:00Z",
    // Summer time ended on 25 October at three: a day ago is the same time of the day.
    "2026-10-24 14:03, 2026-10-24T12:03:00Z",
    "28d ago, 2026-10-24T09:30:15Z",
    // What the clocks skipped in spring is the time after the gap.
    "2026-03-29 02:30, 2026-03-29T01:30:00Z",
  })
  void whatMayBeTyped(String typed, String expected) throws Exception {
    assertThat(TimeText.parse("--since", typed, NOW)).hasToString(expected);
    assertThat(TimeText.parse("--since", "  " + typed + " ", NOW)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "tomorrow",
        "2h later",
        "1234567s",
        "-2h",
        "2026-13-01",
        "2026-02-30",
        "2026-11-20 24:01",
        "2026-11-20 14:60",
        "2026-11-20T14:03:00+99:00",
        "yesterday 14",
        "14:03",
        "99999999999-01-01",
        "1y ago"
      })
  void whatIsNoTimeIsToldWithItsFlagAndExamples(String typed) {
    assertThatThrownBy(() -> TimeText.parse("--since", typed, NOW))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--since: '" + typed + "' is not a time such as")
        .hasMessageContaining("2h ago");
  }

  @Test
  void aMomentIsASerialOrATime() throws Exception {
    assertThat(TimeText.moment("--to", " 2026112100 ", NOW)).isEqualTo("2026112100");
    assertThat(TimeText.moment("--to", "Now", NOW)).isEqualTo("now");
    assertThat(TimeText.moment("--to", "1h ago", NOW)).isEqualTo("2026-11-21T09:30:15Z");
    assertThatThrownBy(() -> TimeText.moment("--to", "12345678901", NOW))
        .hasMessageContaining("--to: '12345678901'");
  }

  @Test
  void aTimeIsShownWithItsOffset() {
    assertThat(TimeText.local("2026-11-20T14:03:00.987Z", NOW))
        .isEqualTo("2026-11-20T15:03:00+01:00");
    assertThat(TimeText.local("2026-07-01T00:00:00Z", NOW)).isEqualTo("2026-07-01T02:00:00+02:00");
  }
}
