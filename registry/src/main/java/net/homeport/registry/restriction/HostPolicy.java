package net.homeport.registry.restriction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is set in one scope. Immutable.
 *
 * @param values by their settings
 */
public record HostPolicy(Map<PolicySetting<?>, SetValue<?>> values) {
  /** Nothing is set. */
  public static final HostPolicy EMPTY = new HostPolicy(Map.of());

  public HostPolicy {
    values = Map.copyOf(values);
  }

  /** What is set of this, or null. */
  @SuppressWarnings("unchecked") // with() files each value under its own setting
  public <T> @Nullable SetValue<T> get(PolicySetting<T> setting) {
    return (SetValue<T>) values.get(setting);
  }

  HostPolicy with(SetValue<?> value) {
    var changed = new HashMap<PolicySetting<?>, SetValue<?>>(values);
    changed.put(value.setting(), value);
    return new HostPolicy(changed);
  }

  HostPolicy without(PolicySetting<?> setting) {
    var changed = new HashMap<PolicySetting<?>, SetValue<?>>(values);
    changed.remove(setting);
    return new HostPolicy(changed);
  }

  /** All that is set, in the order of {@link PolicySetting#ALL}. */
  public List<SetValue<?>> list() {
    var list = new ArrayList<SetValue<?>>();
    for (PolicySetting<?> setting : PolicySetting.ALL) {
      SetValue<?> value = values.get(setting);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }
}
