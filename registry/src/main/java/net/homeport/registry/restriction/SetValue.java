package net.homeport.registry.restriction;

import java.time.Instant;

/**
 * A value that somebody set somewhere.
 *
 * @param setBy who set it
 * @param setAt when it was set to this value, in whole milliseconds
 */
public record SetValue<T>(
    PolicySetting<T> setting, T value, PolicyScope scope, String setBy, Instant setAt) {
  /** A value read from text. */
  static <T> SetValue<T> read(PolicySetting<T> setting, StoredSetting stored) {
    return new SetValue<>(
        setting, setting.parse(stored.value()), stored.scope(), stored.setBy(), stored.setAt());
  }

  /** The value as text. */
  public String text() {
    return setting.text(value);
  }

  /** Setting, value and where it was set, in words. */
  public String words() {
    return "%s is %s %s, set by %s at %s".formatted(setting, text(), scope.words(), setBy, setAt);
  }

  StoredSetting stored() {
    return new StoredSetting(scope, setting.name(), text(), setBy, setAt);
  }
}
