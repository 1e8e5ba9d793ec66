package net.homeport.agent.publish;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.CurrentAddresses;

/**
 * What the agent wants of one server and how far it got. It says of each host and family which
 * address was sent last and whether the server acknowledged it.
 *
 * <p>"Sent but not acknowledged" is a state of its own: the server may or may not have the address,
 * so it is sent again even if the machine meanwhile has the address back that was acknowledged
 * before.
 *
 * @param server what it holds for; another server knows nothing of it
 * @param userName likewise
 * @param hosts by host name
 */
record Intent(String server, String userName, SequencedMap<String, HostIntent> hosts) {
  Intent {
    hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
  }

  static Intent nothing(String server, String userName) {
    return new Intent(server, userName, new LinkedHashMap<>());
  }

  HostIntent host(String name) {
    return hosts.getOrDefault(name, HostIntent.NOTHING);
  }

  Intent with(String name, HostIntent host) {
    var changed = new LinkedHashMap<>(hosts);
    changed.put(name, host);
    return new Intent(server, userName, changed);
  }

  /** One address on its way, or there. */
  record Sent(InetAddress address, Optional<Instant> acknowledgedAt) {}

  /** The server's last word was no. */
  record Refusal(PublishOutcome.Stop stop, Instant at, CredentialMark mark) {}

  /**
   * How far one host got.
   *
   * @param sent by family
   * @param refusal of what was sent
   */
  record HostIntent(Map<AddressFamily, Sent> sent, Optional<Refusal> refusal) {
    static final HostIntent NOTHING = new HostIntent(Map.of(), Optional.empty());

    HostIntent {
      sent = Map.copyOf(sent);
    }

    CurrentAddresses addresses() {
      return CurrentAddresses.of(sent.values().stream().map(Sent::address).toList());
    }

    /** About to send {@code present}; families it lacks stay as they are. */
    HostIntent sending(CurrentAddresses present) {
      return new HostIntent(merged(present, Optional.empty()), Optional.empty());
    }

    HostIntent acknowledged(CurrentAddresses present, Instant now) {
      return new HostIntent(merged(present, Optional.of(now)), Optional.empty());
    }

    HostIntent refused(Refusal no) {
      return new HostIntent(sent, Optional.of(no));
    }

    HostIntent withoutRefusal() {
      return new HostIntent(sent, Optional.empty());
    }

    /** Whether the last thing sent was exactly what is present. */
    boolean wasSent(CurrentAddresses present) {
      return Stream.of(AddressFamily.values())
          .allMatch(family -> {
            Optional<InetAddress> now = present.get(family);
            return now.isEmpty() || now.equals(addresses().get(family));
          });
    }

    /** How long the server can be left alone with what is present; zero when it has to be told. */
    Duration settledFor(CurrentAddresses present, Instant now, Duration refresh) {
      Duration shortest = refresh;
      for (AddressFamily family : AddressFamily.values()) {
        Optional<InetAddress> address = present.get(family);
        if (address.isPresent()) {
          Duration left = settledFor(family, address.get(), now, refresh);
          shortest = left.compareTo(shortest) < 0 ? left : shortest;
        }
      }
      return shortest;
    }

    private Duration settledFor(
        AddressFamily family, InetAddress address, Instant now, Duration refresh) {
      Sent last = sent.get(family);
      if (last == null || !last.address().equals(address) || last.acknowledgedAt().isEmpty()) {
        return Duration.ZERO;
      }
      Duration age = Duration.between(last.acknowledgedAt().get(), now);
      // A machine without a battery starts with yesterday's time, so a little future is no reason
      // to send; an age or a future beyond the refresh period is.
      return age.abs().compareTo(refresh) >= 0 ? Duration.ZERO : refresh.minus(age.abs());
    }

    private Map<AddressFamily, Sent> merged(CurrentAddresses present, Optional<Instant> at) {
      Map<AddressFamily, Sent> merged = new EnumMap<>(AddressFamily.class);
      merged.putAll(sent);
      for (InetAddress address : present.list()) {
        merged.put(AddressFamily.of(address), new Sent(address, at));
      }
      return merged;
    }
  }
}
