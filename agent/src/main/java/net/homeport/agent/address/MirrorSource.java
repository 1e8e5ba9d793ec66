package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks mirrors which address the question came from, for a machine behind NAT. The first answer of
 * each family counts; one that is not worth publishing counts as none.
 */
public final class MirrorSource implements AddressSource {
  // A reconnecting machine sends many hints; each may be the one after which the page answers.
  private static final Duration PACE = Duration.ofSeconds(5);

  private final AddressMonitor monitor;
  private final List<Mirror> mirrors;
  private final AddressSelection selection;
  private final Duration interval;
  private final InstantSource clock;

  private CurrentAddresses last = CurrentAddresses.NONE;
  private String trouble = "";
  private Instant askedAt = Instant.EPOCH;
  private Duration wait = Duration.ZERO;

  /**
   * Takes over {@code monitor}: a change of the machine's own addresses or routes is a reason to
   * ask before the interval is over.
   *
   * @param mirrors asked one after the other; not empty
   * @param interval between two askings
   */
  public MirrorSource(
      AddressMonitor monitor,
      List<Mirror> mirrors,
      AddressSelection selection,
      Duration interval,
      InstantSource clock) {
    this.monitor = monitor;
    this.mirrors = List.copyOf(mirrors);
    this.selection = selection;
    this.interval = interval;
    this.clock = clock;
  }

  /** Asks if it is time to, otherwise repeats the last answer or failure. */
  @Override
  public CurrentAddresses read() throws IOException, InterruptedException {
    Instant now = clock.instant();
    // A clock that was set back must not silence us, hence the first comparison.
    if (now.isBefore(askedAt) || !now.isBefore(askedAt.plus(wait))) {
      askedAt = now;
      wait = interval;
      last = ask();
    }
    if (last.isEmpty()) {
      throw new IOException(trouble);
    }
    return last;
  }

  private CurrentAddresses ask() throws InterruptedException {
    var found = new ArrayList<InetAddress>();
    var troubles = new ArrayList<String>();
    for (Mirror mirror : mirrors) {
      if (isOfInterest(mirror, found)) {
        try {
          found.add(ask(mirror));
        } catch (IOException e) {
          troubles.add(mirror.name() + ": " + e.getMessage());
        }
      }
    }
    trouble = String.join("; ", troubles);
    return CurrentAddresses.of(found);
  }

  /** Not one of a family that nobody wants to know, or that another has told already. */
  private boolean isOfInterest(Mirror mirror, List<InetAddress> found) {
    return mirror
        .family()
        .map(family ->
            selection.families().contains(family)
                && found.stream().noneMatch(address -> AddressFamily.of(address) == family))
        .orElse(true);
  }

  private InetAddress ask(Mirror mirror) throws IOException, InterruptedException {
    InetAddress address = mirror.ask();
    if (!selection.accepts(address)) {
      throw new IOException(
          "answered %s, which is %s and not to be published"
              .formatted(AddressText.format(address), AddressClass.of(address)));
    }
    return address;
  }

  @Override
  public AddressChange.Why await(Duration limit) throws InterruptedException {
    Duration untilDue = Duration.between(clock.instant(), askedAt.plus(wait));
    Duration shorter = untilDue.compareTo(limit) < 0 ? untilDue : limit;
    Duration bounded = shorter.isNegative() ? Duration.ZERO : shorter;
    if (monitor.await(bounded) == AddressMonitor.Hint.KERNEL && wait.compareTo(PACE) > 0) {
      wait = PACE;
    }
    return AddressChange.Why.CHECKIP;
  }

  @Override
  public String explain() {
    return trouble;
  }

  @Override
  public void close() {
    monitor.close();
  }
}
