package net.homeport.store.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.homeport.registry.liveness.Grace;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.liveness.LivenessState;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import org.jspecify.annotations.Nullable;

/** Settings about liveness and addresses as words of a column: {@code interval:300 dead:delete}. */
final class LivenessText {
  private LivenessText() {}

  static String of(LivenessSettings settings) {
    List<String> words = new ArrayList<>();
    Duration interval = settings.interval();
    if (interval != null) {
      words.add("interval:" + interval.toSeconds());
    }
    Grace grace = settings.grace();
    if (grace != null) {
      words.add("grace:%s/%s/%s".formatted(grace.late(), grace.silent(), grace.dead()));
    }
    settings.actions().forEach((state, action) -> words.add(lower(state) + ":" + action));
    return String.join(" ", words);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** As the other way; what does not make sense is damage. */
  static LivenessSettings settings(String text) {
    Duration interval = null;
    Grace grace = null;
    Map<LivenessState, LivenessAction> actions = new EnumMap<>(LivenessState.class);
    try {
      for (String word : text.split(" ", -1)) {
        int colon = word.indexOf(':');
        String key = word.substring(0, colon);
        String value = word.substring(colon + 1);
        switch (key) {
          case "interval" -> interval = Duration.ofSeconds(Long.parseLong(value));
          case "grace" -> {
            String[] parts = value.split("/", -1);
            grace = new Grace(number(parts[0]), number(parts[1]), number(parts[2]));
          }
          default ->
              actions.put(TruthPolicy.word(LivenessState.class, key), LivenessAction.parse(value));
        }
      }
      return new LivenessSettings(interval, grace, actions);
    } catch (RuntimeException e) {
      throw new DamagedContentException("settings of liveness are illegible: " + text, e);
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  static String of(TruthPolicy policy) {
    List<String> words = new ArrayList<>();
    policy
        .treatments()
        .forEach((kind, treatment) -> words.add(kind.text() + ":" + lower(treatment)));
    SourceMatch source = policy.source();
    if (source != null) {
      words.add("source:" + lower(source));
    }
    return String.join(" ", words);
  }

  /** As the other way; what does not make sense is damage. */
  static TruthPolicy policy(String text) {
    SourceMatch source = null;
    Map<AddressClass, Treatment> treatments = new EnumMap<>(AddressClass.class);
    try {
      for (String word : text.split(" ", -1)) {
        int colon = word.indexOf(':');
        String value = word.substring(colon + 1);
        @Nullable AddressClass kind = AddressClass.parse(word.substring(0, colon));
        if (kind == null) {
          source = TruthPolicy.word(SourceMatch.class, value);
        } else {
          treatments.put(kind, TruthPolicy.word(Treatment.class, value));
        }
      }
      return new TruthPolicy(treatments, source);
    } catch (RuntimeException e) {
      throw new DamagedContentException("a policy about addresses is illegible: " + text, e);
    }
  }
}
