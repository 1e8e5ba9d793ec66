package net.homeport.interop.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import net.homeport.interop.kill.HostLedger;

/**
 * A device with one host, and when each of its updates was sent and acknowledged: positions in the
 * log of the disk, taken after the answer, so that what was promised lies before them. One thread
 * at a time.
 */
final class Device {
  /** An update, by its number, and a position. */
  private record Step(int number, long position) {}

  private static final int NEVER_SENT = 0xABCDEF;

  private final String host;
  private final LongSupplier clock;
  private final List<Step> sent = new ArrayList<>();
  private final List<Step> acknowledged = new ArrayList<>();
  private String password = "";
  private long addedAt = Long.MAX_VALUE;
  private int last;

  Device(String host, LongSupplier clock) {
    this.host = host;
    this.clock = clock;
  }

  String host() {
    return host;
  }

  boolean isAddedBefore(long position) {
    return addedAt <= position;
  }

  /** Adds the host; the server may die of it. */
  void add(Api api) throws ServerGoneException {
    password = api.addHost(host);
    addedAt = clock.getAsLong();
  }

  /** Sends one update; true if it was acknowledged. */
  boolean update(Api api) throws ServerGoneException {
    int number = ++last;
    sent.add(new Step(number, clock.getAsLong()));
    boolean good = api.update(host, password, number);
    if (good) {
      acknowledged.add(new Step(number, clock.getAsLong()));
    }
    return good;
  }

  /** Sends an update that no ledger knows: the server it goes to is thrown away. */
  boolean tryOut(Api api) throws ServerGoneException {
    return api.update(host, password, NEVER_SENT);
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** Positions right after an acknowledgement. */
  List<Long> acknowledgements() {
    return acknowledged.stream().map(Step::position).toList();
  }

  /** What must be, and may be, there after the power was cut at a position. */
  HostLedger ledger(long position) {
    return HostLedger.of(host, lastBefore(acknowledged, position), lastBefore(sent, position));
  }

  private static int lastBefore(List<Step> steps, long position) {
    int number = 0;
    for (Step step : steps) {
      if (step.position() <= position) {
        number = step.number();
      }
    }
    return number;
  }
}
