package net.homeport.web.exchange;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The last exchanges with the devices of each host, of the hosts that were heard last. Thread safe.
 *
 * <p>What did not prove itself is kept apart: whoever guesses at passwords can push out neither
 * what the device said, nor the other hosts. Where there are more hosts than places, each keeps its
 * place for a minute at least before an ordinary heartbeat of another may have it; what is not
 * ordinary, and what somebody looks for, gets one at once.
 */
public final class ExchangeLog {
  /** Most hosts of which exchanges are kept. */
  public static final int HOSTS_MAX = 10_000;

  /** Most exchanges of a host by who proved themselves. */
  public static final int PROVEN_MAX = 3;

  /** Most exchanges of a host by who did not. */
  public static final int UNPROVEN_MAX = 2;

  private static final int ANSWER_CHARACTERS_MAX = 200;
  private static final int NOTES_MAX = 5;
  private static final int NOTE_CHARACTERS_MAX = 200;
  private static final long PLACE_MILLIS = 60_000;

  private final HostRegistry registry;
  private final InstantSource clock;
  private final int hostsMax;
  private final SequencedMap<Name, Last> byHost = new LinkedHashMap<>(16, 0.75f, true);

  /** The last of one host. */
  private static final class Last {
    /** When something came in, or somebody looked, in milliseconds since 1970. */
    long used;

    final Deque<Exchange> proven = new ArrayDeque<>(1);
    final Deque<Exchange> unproven = new ArrayDeque<>(1);
  }

  /**
   * What was said.
   *
   * @param request as {@link RequestText} has it, without secrets
   */
  public record Said(
      RequestOrigin origin, String request, int status, String answer, List<String> notes) {
    public Said {
      notes = List.copyOf(notes);
    }

    /** The same without these secrets, should a client have put one where none belongs. */
    public Said without(Set<String> secrets) {
      return new Said(
          new RequestOrigin(
              origin.source(),
              origin.frontDoor(),
              origin.tlsVersion(),
              RequestText.masked(origin.userAgent(), secrets)),
          request,
          status,
          RequestText.masked(answer, secrets),
          notes.stream().map(note -> RequestText.masked(note, secrets)).toList());
    }
  }

  /** Of at most {@link #HOSTS_MAX} hosts. */
  public ExchangeLog(HostRegistry registry, InstantSource clock) {
    this(registry, clock, HOSTS_MAX);
  }

  ExchangeLog(HostRegistry registry, InstantSource clock, int hostsMax) {
    this.registry = registry;
    this.clock = clock;
    this.hostsMax = hostsMax;
    registry.whenRemoved(this::removed);
  }

  /**
   * Keeps what was said about these hosts by somebody who may change them, and went as it should.
   *
   * @param said not asked for when there is no place to keep it: with a million hosts that send a
   *     heartbeat each, it would cost more than answering them, and be gone before anybody could
   *     look at it
   */
  public void recordOrdinary(List<Host> hosts, Supplier<Said> said) {
    List<Host> placed = placed(hosts);
    if (!placed.isEmpty()) {
      record(placed, said.get());
    }
  }

  private List<Host> placed(List<Host> hosts) {
    long now = clock.millis();
    synchronized (byHost) {
      if (byHost.size() + hosts.size() <= hostsMax || !isInUse(eldest(), now)) {
        return hosts;
      }
      return hosts.stream().filter(host -> byHost.containsKey(host.name())).toList();
    }
  }

  private @Nullable Last eldest() {
    Iterator<Last> all = byHost.values().iterator();
    return all.hasNext() ? all.next() : null;
  }

  private static boolean isInUse(@Nullable Last last, long now) {
    // The clock may have been set back.
    return last != null && last.used <= now && now - last.used < PLACE_MILLIS;
  }

  /** Keeps what was said about these hosts by somebody who may change them. */
  public void record(List<Host> hosts, Said said) {
    if (hosts.isEmpty()) {
      return;
    }
    Exchange exchange = exchange(said, true);
    synchronized (byHost) {
      for (Host host : hosts) {
        put(used(host.name(), exchange.at().toEpochMilli()).proven, exchange, PROVEN_MAX);
      }
    }
  }

  /** The place of this name, given to it if it has none; the eldest loses theirs. */
  private Last used(Name name, long now) {
    Last last = byHost.get(name);
    if (last == null) {
      if (byHost.size() >= hostsMax) {
        byHost.pollFirstEntry();
      }
      last = new Last();
      byHost.put(name, last);
    }
    last.used = now;
    return last;
  }

  /**
   * Keeps what was said about the hosts of these names by somebody who did not prove that they may
   * change them, as far as there are such hosts.
   */
  public void recordUnproven(List<String> names, Said said) {
    for (String text : names) {
      Name name = name(text);
      if (name == null || registry.host(name) == null) {
        continue;
      }
      Exchange exchange = exchange(said, false);
      synchronized (byHost) {
        if (byHost.size() < hostsMax || byHost.containsKey(name)) {
          put(used(name, exchange.at().toEpochMilli()).unproven, exchange, UNPROVEN_MAX);
        }
      }
    }
  }

  private static @Nullable Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException _) {
      return null;
    }
  }

  private static void put(Deque<Exchange> exchanges, Exchange exchange, int max) {
    if (exchanges.size() == max) {
      exchanges.removeFirst();
    }
    exchanges.addLast(exchange);
  }

  private Exchange exchange(Said said, boolean proven) {
    RequestOrigin origin = said.origin();
    return new Exchange(
        clock.instant(),
        origin.source(),
        origin.frontDoor(),
        origin.tlsVersion(),
        proven,
        said.request(),
        RequestText.printable(origin.userAgent(), Integer.MAX_VALUE),
        said.status(),
        RequestText.printable(said.answer().strip(), ANSWER_CHARACTERS_MAX),
        said.notes().stream()
            .limit(NOTES_MAX)
            .map(note -> RequestText.printable(note, NOTE_CHARACTERS_MAX))
            .toList());
  }

  /**
   * The last exchanges about a host since it was added, the newest first. Whoever looks sees the
   * next ones, too: the host has a place from now on.
   */
  public List<Exchange> of(Host host) {
    var all = new ArrayList<Exchange>();
    long now = clock.millis();
    synchronized (byHost) {
      Last last = used(host.name(), now);
      all.addAll(last.proven.reversed());
      all.addAll(last.unproven.reversed());
    }
    // One that was under way while a host of the same name was removed came in after it.
    all.removeIf(exchange -> exchange.at().isBefore(host.createdAt()));
    all.sort(Comparator.comparing(Exchange::at).reversed());
    return all;
  }

  /** Whoever gets the name of a removed host next shall not see them. */
  private void removed(Host host) {
    synchronized (byHost) {
      byHost.remove(host.name());
    }
  }
}
