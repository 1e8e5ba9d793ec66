package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.homeport.agent.http.BoundedGet;

/**
 * Asks pages which address the question came from, for a machine behind NAT.
 *
 * <p>A page sees the family of the connection only, so to learn both families there are two pages,
 * one whose name has no AAAA record and one whose name has no A record. An answer that is not
 * exactly an address, or not one worth publishing, counts as no answer.
 */
public final class CheckIpSource implements AddressSource {
  // A reconnecting machine sends many hints; each may be the one after which the page answers.
  private static final Duration PACE = Duration.ofSeconds(5);

  private final AddressMonitor monitor;
  private final BoundedGet http;
  private final List<URI> pages;
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
   * @param pages asked one after the other; not empty
   * @param interval between two askings
   */
  public CheckIpSource(
      AddressMonitor monitor,
      BoundedGet http,
      List<URI> pages,
      AddressSelection selection,
      Duration interval,
      InstantSource clock) {
    this.monitor = monitor;
    this.http = http;
    this.pages = List.copyOf(pages);
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
    for (URI page : pages) {
      try {
        found.add(ask(page));
      } catch (IOException e) {
        troubles.add(page.getHost() + ": " + e.getMessage());
      }
    }
    trouble = String.join("; ", troubles);
    return CurrentAddresses.of(found);
  }

  private InetAddress ask(URI page) throws IOException, InterruptedException {
    BoundedGet.Answer answer = http.get(page, Map.of("Accept", "text/plain, */*;q=0.5"));
    if (answer.status() != 200) {
      throw new IOException("answered HTTP " + answer.status());
    }
    InetAddress address =
        CheckIpAnswer.parse(answer.body())
            .orElseThrow(() -> new IOException("answered something else than an address"));
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
