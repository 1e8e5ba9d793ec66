package net.homeport.agent.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressText;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.dns.NameServer;
import net.homeport.agent.dns.NameServerFinder;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks the authoritative servers themselves, past every cache, until each answers the new address.
 * Thread-safe.
 */
public final class Confirmation {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int SERVERS_MAX = 32;

  private final List<NameServer> configured;
  private final InstantSource clock;
  private final Duration limit;
  private final @Nullable NameServerFinder fixedFinder;

  /**
   * Confirms within 30 seconds.
   *
   * @param servers to ask; if empty, the NS of each host's zone are found by the system's resolver
   */
  public Confirmation(List<InetSocketAddress> servers, InstantSource clock) {
    this(servers, clock, LIMIT, null);
  }

  Confirmation(
      List<InetSocketAddress> servers,
      InstantSource clock,
      Duration limit,
      @Nullable NameServerFinder finder) {
    configured = servers.stream().limit(SERVERS_MAX).map(NameServer::at).toList();
    this.clock = clock;
    this.limit = limit;
    fixedFinder = finder;
  }

  /** One thing a server shall answer. */
  private record Expected(String host, InetAddress address) {}

  /**
   * Waits until every server answers {@code addresses} for all {@code hosts}, or the limit passes.
   *
   * @throws InterruptedException when interrupted, as by a newer publication
   */
  public ConfirmationResult await(List<String> hosts, CurrentAddresses addresses)
      throws InterruptedException {
    Instant begun = clock.instant();
    SequencedMap<NameServer, List<Expected>> questions;
    try {
      questions = questions(hosts, addresses);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while name servers were looked for");
      }
      return new ConfirmationResult.Unknown(String.valueOf(e.getMessage()));
    }
    var behind = new LinkedHashMap<String, String>();
    List<NameServer> servers = List.copyOf(questions.keySet());
    List<String> last = watchAll(questions, begun);
    for (int i = 0; i < servers.size(); i++) {
      if (!last.get(i).isEmpty()) {
        behind.put(servers.get(i).name(), last.get(i));
      }
    }
    return behind.isEmpty()
        ? new ConfirmationResult.Confirmed(
            since(begun), servers.stream().map(NameServer::name).toList())
        : new ConfirmationResult.Unconfirmed(since(begun), behind);
  }

  private SequencedMap<NameServer, List<Expected>> questions(
      List<String> hosts, CurrentAddresses addresses) throws IOException {
    var questions = new LinkedHashMap<NameServer, List<Expected>>();
    for (String host : hosts) {
      for (NameServer server : configured.isEmpty() ? finder().find(host) : configured) {
        if (questions.containsKey(server) || questions.size() < SERVERS_MAX) {
          List<Expected> expected = questions.computeIfAbsent(server, _ -> new ArrayList<>());
          addresses.list().forEach(address -> expected.add(new Expected(host, address)));
        }
      }
    }
    return questions;
  }

  private NameServerFinder finder() {
    return fixedFinder == null ? NameServerFinder.ofThisMachine() : fixedFinder;
  }

  /** What each server said last, empty if that was all right; one thread waits for each. */
  private List<String> watchAll(Map<NameServer, List<Expected>> questions, Instant begun)
      throws InterruptedException {
    List<Callable<String>> watches =
        questions.entrySet().stream()
            .map(entry -> (Callable<String>) () -> watch(entry.getKey(), entry.getValue(), begun))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var last = new ArrayList<String>();
      for (Future<String> watch : threads.invokeAll(watches)) {
        last.add(watch.get());
      }
      return last;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a watch failed unexpectedly", e.getCause());
    }
  }

  private String watch(NameServer server, List<Expected> expected, Instant begun)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    Duration paused = Duration.ZERO;
    while (true) {
      String said = firstWrong(server, expected);
      // The pauses alone also bound the loop, should the clock be set back.
      if (said.isEmpty() || since(begun).compareTo(limit) >= 0 || paused.compareTo(limit) >= 0) {
        return said;
      }
      Thread.sleep(pause);
      paused = paused.plus(pause);
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static String firstWrong(NameServer server, List<Expected> expected)
      throws InterruptedException {
    for (Expected one : expected) {
      String said = "";
      for (InetSocketAddress address : server.addresses()) {
        said = ask(address, one);
        if (said.isEmpty()) {
          break;
        }
      }
      if (!said.isEmpty()) {
        return said;
      }
    }
    return "";
  }

  /** Empty when the answer holds the expected address, otherwise what was said instead. */
  private static String ask(InetSocketAddress server, Expected expected)
      throws InterruptedException {
    int type = AddressFamily.of(expected.address()) == AddressFamily.IPV4 ? Type.A : Type.AAAA;
    String question = expected.host() + " " + Type.string(type) + ": ";
    try {
      Name name = Name.fromString(expected.host(), Name.root);
      Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
      query.getHeader().unsetFlag(Flags.RD);
      var resolver = new SimpleResolver(resolved(server));
      resolver.setTimeout(QUERY_LIMIT);
      Message response = resolver.send(query);
      List<InetAddress> answers = addresses(response);
      if (answers.contains(expected.address())) {
        return "";
      }
      return question
          + (answers.isEmpty()
              ? Rcode.string(response.getRcode()) + " without address"
              : String.join(", ", answers.stream().map(AddressText::format).toList()));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while " + server + " was asked");
      }
      return question + "no answer (" + e.getMessage() + ")";
    }
  }

  // A server may be configured by name before there was a network to look the name up.
  private static InetSocketAddress resolved(InetSocketAddress server) throws IOException {
    InetSocketAddress again =
        server.isUnresolved()
            ? new InetSocketAddress(server.getHostString(), server.getPort())
            : server;
    if (again.isUnresolved()) {
      throw new IOException("host name not found");
    }
    return again;
  }

  private static List<InetAddress> addresses(Message response) {
    var addresses = new ArrayList<InetAddress>();
    for (Record record : response.getSection(Section.ANSWER)) {
      switch (record) {
        case ARecord a -> addresses.add(a.getAddress());
        case AAAARecord aaaa -> addresses.add(aaaa.getAddress());
        default -> {}
      }
    }
    return addresses;
  }

  private Duration since(Instant begun) {
    Duration passed = Duration.between(begun, clock.instant());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
