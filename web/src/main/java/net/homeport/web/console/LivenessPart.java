package net.homeport.web.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.homeport.registry.liveness.ClientKind;
import net.homeport.registry.liveness.HostLiveness;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.web.console.HostPageModel.Liveness;
import net.homeport.web.console.HostPageModel.Notice;
import net.homeport.web.console.HostPageModel.SilenceStep;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The liveness of a host in words. */
final class LivenessPart {
  private static final List<LivenessState> STEPS =
      List.of(LivenessState.LATE, LivenessState.SILENT, LivenessState.DEAD);

  private LivenessPart() {}

  /**
   * @param isFixed whether nobody has to report: its addresses are an administrator's word
   */
  static Liveness of(HostLiveness host, boolean isFixed, Instant now) {
    boolean isHeard = host.lastSeen() != null;
    Name leader = host.leader();
    return new Liveness(
        state(host, isFixed),
        words(host, isFixed),
        host.lastSeen(),
        isHeard ? host.client().words() : "",
        leader == null ? "" : leader.toString(true),
        isFixed ? "" : expected(host),
        isFixed ? List.of() : steps(host, now));
  }

  private static String state(HostLiveness host, boolean isFixed) {
    LivenessState state = host.state();
    if (isFixed) {
      return "fixed";
    }
    return switch (state) {
      case null -> "never";
      case FRESH -> "fresh";
      case LATE -> "late";
      case SILENT -> "silent";
      case DEAD -> "dead";
    };
  }

  private static String words(HostLiveness host, boolean isFixed) {
    LivenessState state = host.state();
    if (isFixed) {
      return "Nobody has to report: its addresses are set by hand.";
    }
    return switch (state) {
      case null -> "Never heard: no device has reported for it yet.";
      case FRESH -> "Alive: it was heard when it was expected.";
      case LATE -> "Late: it was expected, and not heard yet. A report may have been lost.";
      case SILENT -> "Silent: several reports are missing.";
      case DEAD -> "Gone, as far as anyone can tell: it has not been heard for very long.";
    };
  }

  private static String expected(HostLiveness host) {
    String every = "every " + Wording.duration(host.interval());
    return switch (host.source()) {
      case STATED -> every + ", as somebody set it";
      case LEARNED -> every + ", as its reports taught";
      case CLIENT ->
          host.client() == ClientKind.UNKNOWN
              ? every + ", for none of the clients that are known waits longer"
              : every + ", as is the habit of: " + host.client().words();
    };
  }

  private static List<SilenceStep> steps(HostLiveness host, Instant now) {
    var steps = new ArrayList<SilenceStep>();
    for (LivenessState state : STEPS) {
      Instant at = host.begins().get(state);
      steps.add(
          new SilenceStep(
              state.name().toLowerCase(Locale.ROOT),
              at,
              at != null && !at.isAfter(now),
              action(host.policy().action(state))));
    }
    return steps;
  }

  private static String action(LivenessAction action) {
    return switch (action) {
      case LivenessAction.None _ -> "nothing";
      case LivenessAction.Tell _ -> "the server’s log says so; the addresses stay";
      case LivenessAction.ShortenTtl shorten ->
          "the TTL of its addresses becomes %d s".formatted(shorten.seconds());
      case LivenessAction.Withdraw _ -> "its addresses are taken out of DNS";
      case LivenessAction.Park park -> parked(park) + " in place of its addresses";
      case LivenessAction.Delete _ -> "the host is deleted";
    };
  }

  private static String parked(LivenessAction.Park park) {
    var addresses = new ArrayList<String>(2);
    if (park.ipv4() != null) {
      addresses.add(AddressText.of(park.ipv4()));
    }
    if (park.ipv6() != null) {
      addresses.add(AddressText.of(park.ipv6()));
    }
    return String.join(" and ", addresses);
  }

  /** What was done to the addresses for the host's silence; null if nothing was. */
  static @Nullable LivenessAction done(HostLiveness host) {
    LivenessAction done = null;
    for (LivenessState state : STEPS) {
      LivenessAction action = host.policy().action(state);
      boolean touches =
          switch (action) {
            case LivenessAction.None _, LivenessAction.Tell _ -> false;
            case LivenessAction.ShortenTtl _,
                LivenessAction.Withdraw _,
                LivenessAction.Park _,
                LivenessAction.Delete _ ->
                true;
          };
      if (touches && state.compareTo(host.acted()) <= 0) {
        done = action;
      }
    }
    return done;
  }

  /** That, for a person; null if nothing was done. */
  static @Nullable Notice notice(HostLiveness host) {
    return switch (done(host)) {
      case null -> null;
      case LivenessAction.Park park ->
          problem("Parked for its silence: DNS answers %s.".formatted(parked(park)));
      case LivenessAction.Withdraw _ -> problem("Taken out of DNS for its silence.");
      case LivenessAction.Delete _ -> problem("About to be deleted for its silence.");
      case LivenessAction.ShortenTtl shorten ->
          problem("The TTL is %d s for its silence.".formatted(shorten.seconds()));
      case LivenessAction.None _, LivenessAction.Tell _ -> null;
    };
  }

  private static Notice problem(String text) {
    return new Notice(true, text + " Its next report ends that.", "");
  }
}
