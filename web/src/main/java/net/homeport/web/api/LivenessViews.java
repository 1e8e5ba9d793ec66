package net.homeport.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.homeport.registry.liveness.Grace;
import net.homeport.registry.liveness.HostLiveness;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.web.api.LivenessModel.LivenessSaid;
import net.homeport.web.api.LivenessModel.LivenessView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Liveness as the API shows it and takes it. */
final class LivenessViews {
  private static final String INHERIT = "inherit";

  private LivenessViews() {}

  static ApiResult refused(IllegalArgumentException why) {
    return ApiResult.problem(
        HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(why.getMessage()));
  }

  static String text(@Nullable LivenessState state) {
    return state == null ? "never" : state.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param own what was said of this host alone
   */
  static LivenessView view(HostLiveness liveness, LivenessSettings own) {
    Instant lastSeen = liveness.lastSeen();
    Name leader = liveness.leader();
    return new LivenessView(
        ApiNames.text(liveness.host().name()),
        text(liveness.state()),
        lastSeen == null ? null : lastSeen.toString(),
        liveness.interval().toSeconds(),
        liveness.source().name().toLowerCase(Locale.ROOT),
        liveness.client().words(),
        leader == null ? null : ApiNames.text(leader),
        liveness.policy().action(LivenessState.LATE).toString(),
        liveness.policy().action(LivenessState.SILENT).toString(),
        liveness.policy().action(LivenessState.DEAD).toString(),
        said(own));
  }

  static LivenessSaid said(LivenessSettings settings) {
    Duration interval = settings.interval();
    Grace grace = settings.grace();
    return new LivenessSaid(
        interval == null ? null : interval.toSeconds(),
        grace == null ? null : grace.late(),
        grace == null ? null : grace.silent(),
        grace == null ? null : grace.dead(),
        action(settings, LivenessState.LATE),
        action(settings, LivenessState.SILENT),
        action(settings, LivenessState.DEAD));
  }

  private static @Nullable String action(LivenessSettings settings, LivenessState state) {
    LivenessAction action = settings.actions().get(state);
    return action == null ? null : action.toString();
  }

  /**
   * What holds when this is said as well.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static LivenessSettings merged(LivenessSettings before, LivenessSaid wanted) {
    Long seconds = wanted.intervalSeconds();
    Duration interval = before.interval();
    if (seconds != null) {
      interval = seconds == 0 ? null : Duration.ofSeconds(seconds);
    }
    Grace grace = before.grace();
    if (wanted.lateAfter() != null || wanted.silentAfter() != null || wanted.deadAfter() != null) {
      Grace base = grace == null ? Grace.DEFAULT : grace;
      grace =
          new Grace(
              Objects.requireNonNullElse(wanted.lateAfter(), base.late()),
              Objects.requireNonNullElse(wanted.silentAfter(), base.silent()),
              Objects.requireNonNullElse(wanted.deadAfter(), base.dead()));
    }
    Map<LivenessState, LivenessAction> actions = new EnumMap<>(LivenessState.class);
    actions.putAll(before.actions());
    List<LivenessState> states =
        List.of(LivenessState.LATE, LivenessState.SILENT, LivenessState.DEAD);
    @Nullable String[] texts = {wanted.onLate(), wanted.onSilent(), wanted.onDead()};
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text != null && text.equalsIgnoreCase(INHERIT)) {
        actions.remove(states.get(i));
      } else if (text != null) {
        actions.put(states.get(i), LivenessAction.parse(text));
      }
    }
    return new LivenessSettings(interval, grace, actions);
  }
}
