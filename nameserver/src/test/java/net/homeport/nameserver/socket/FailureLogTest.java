package net.homeport.nameserver.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class FailureLogTest {

  private final Lines lines = new Lines();
  private final FailureLog log = new FailureLog(lines, "udp-127.0.0.1:53");

  @Test
  void logsEachKindOnceAndThenAtPowersOfTen() {
    for (int i = 0; i < 105; i++) {
      log.record(new IllegalStateException("bad label"));
    }
    log.record(new IllegalStateException("bad pointer"));

    assertThat(lines.texts)
        .containsExactly(
            "udp-127.0.0.1:53: java.lang.IllegalStateException: bad label",
            "udp-127.0.0.1:53: java.lang.IllegalStateException: bad label (seen 10 times)",
            "udp-127.0.0.1:53: java.lang.IllegalStateException: bad label (seen 100 times)",
            "udp-127.0.0.1:53: java.lang.IllegalStateException: bad pointer");
    assertThat(lines.withStackTrace).isEqualTo(2);
    assertThat(log.total()).isEqualTo(106);
  }

  @Test
  void isBoundedWhateverTheFailuresSay() {
    for (int i = 0; i < 10_000; i++) {
      log.record(new IllegalStateException("strange name " + i));
    }

    assertThat(lines.texts).hasSizeLessThan(100);
    assertThat(lines.texts.getLast()).contains("other failures (seen 1000 times)");
    assertThat(log.total()).isEqualTo(10_000);
  }

  @Test
  void cutsALongMessage() {
    log.record(new IllegalStateException("x".repeat(100_000)));

    assertThat(lines.texts.getFirst()).hasSizeLessThan(300);
  }

  /** A logger which keeps its lines. */
  private static final class Lines extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient List<String> texts = new ArrayList<>();
    private int withStackTrace;

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable throwable) {
      texts.add(MessageFormatter.basicArrayFormat(pattern, arguments));
      withStackTrace += throwable == null ? 0 : 1;
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
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
