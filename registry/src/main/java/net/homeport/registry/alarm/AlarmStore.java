package net.homeport.registry.alarm;

import java.util.List;

/**
 * Where alarms are durable. Every change is on disk when the method returns, or it throws a {@link
 * net.homeport.registry.host.RegistryStoreException}.
 */
public interface AlarmStore {
  /** All of them, the oldest first. */
  List<AddressAlarm> alarms();

  /** Keeps one, unless there is one of that number. */
  void add(AddressAlarm alarm);

  /** Keeps one, in place of one of that number. */
  void put(AddressAlarm alarm);

  /** Forgets one. */
  void removeAlarm(long id);
}
