package net.homeport.app.command;

import net.homeport.app.config.ConfigurationException;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What can be said about the silence of a host, of the hosts of a zone, of all. */
final class LivenessFlags {
  private static final String ACTION =
      "none, tell, ttl=SECONDS, withdraw, park=ADDRESS[,ADDRESS], delete; or inherit.";

  @Option(
      names = {"--interval", "--expect"},
      paramLabel = "TIME",
      description =
          "How often a report is expected, such as 5m or 25d; auto to learn it from the client.")
  private @Nullable String interval;

  @Option(names = "--late-after", paramLabel = "N", description = "Late after N intervals (1.5).")
  private @Nullable Double lateAfter;

  @Option(names = "--silent-after", paramLabel = "N", description = "Silent after N (3).")
  private @Nullable Double silentAfter;

  @Option(names = "--dead-after", paramLabel = "N", description = "Dead after N (10).")
  private @Nullable Double deadAfter;

  @Option(names = "--on-late", paramLabel = "ACTION", description = "What is done then: " + ACTION)
  private @Nullable String onLate;

  @Option(names = "--on-silent", paramLabel = "ACTION", description = "The same, of silent ones.")
  private @Nullable String onSilent;

  @Option(names = "--on-dead", paramLabel = "ACTION", description = "The same, of dead ones.")
  private @Nullable String onDead;

  /** What was said; null if nothing was. */
  @Nullable LivenessSaid said(CommandLine line) {
    boolean nothing =
        interval == null
            && lateAfter == null
            && silentAfter == null
            && deadAfter == null
            && onLate == null
            && onSilent == null
            && onDead == null;
    if (nothing) {
      return null;
    }
    Long seconds = null;
    if (interval != null) {
      try {
        seconds =
            interval.equals("auto") ? 0L : DurationText.parse("--interval", interval).toSeconds();
      } catch (ConfigurationException e) {
        throw new ParameterException(line, String.valueOf(e.getMessage()), e);
      }
    }
    return new LivenessSaid(seconds, lateAfter, silentAfter, deadAfter, onLate, onSilent, onDead);
  }

  /** What was said; that nothing was is wrong usage. */
  LivenessSaid given(CommandLine line) {
    LivenessSaid said = said(line);
    if (said == null) {
      throw new ParameterException(line, "say what to set: an interval, a time, an action");
    }
    return said;
  }
}
