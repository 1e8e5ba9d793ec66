package net.homeport.zone.text;

import java.util.ArrayList;
import java.util.List;

/** The errors of one reading, up to a bound at which it stops. */
final class Problems {
  /** How many errors end the reading. */
  static final int MAX = 20;

  private final List<ZoneTextProblem> list = new ArrayList<>();
  private boolean more;

  void add(ZoneTextSource source, int offset, String message) {
    add(source.place(offset), message);
  }

  void add(Place place, String message) {
    if (list.size() == MAX) {
      more = true;
    } else {
      list.add(new ZoneTextProblem(place, message));
    }
  }

  /** Whether it makes no sense to go on. */
  boolean isFull() {
    return more;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  List<ZoneTextProblem> list() {
    return list;
  }

  void throwIfAny(String zone) throws ZoneTextException {
    if (!list.isEmpty()) {
      throw new ZoneTextException(zone, list, more);
    }
  }
}
