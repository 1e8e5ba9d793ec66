package net.homeport.agent.publish;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressText;
import net.homeport.agent.publish.Intent.HostIntent;
import net.homeport.agent.publish.Intent.Refusal;
import net.homeport.agent.publish.Intent.Sent;
import org.jspecify.annotations.Nullable;

/**
 * An intent as lines of text, which people may read when something is wrong. Pure.
 *
 * <pre>
 * homeport-agent-intent 1
 * server https://dns.example.org
 * user alice
 * host home.example.org
 * ipv4 192.0.2.7 acknowledged 2026-11-20T10:00:00Z
 * ipv6 2001:db8::7 sent
 * refused BAD_CREDENTIALS 2026-11-20T10:00:00Z salt:digest badauth
 * end
 * </pre>
 */
final class IntentText {
  private static final String FIRST_LINE = "homeport-agent-intent 1";
  private static final String LAST_LINE = "end";

  private IntentText() {}

  static String encode(Intent intent) {
    var lines = new ArrayList<String>();
    lines.add(FIRST_LINE);
    lines.add("server " + intent.server());
    lines.add("user " + intent.userName());
    intent.hosts().forEach((name, host) -> encode(name, host, lines));
    lines.add(LAST_LINE);
    return String.join("\n", lines) + "\n";
  }

  private static void encode(String name, HostIntent host, List<String> lines) {
    lines.add("host " + name);
    for (AddressFamily family : AddressFamily.values()) {
      Sent sent = host.sent().get(family);
      if (sent != null) {
        String state = sent.acknowledgedAt().map(at -> "acknowledged " + at).orElse("sent");
        lines.add(
            family.name().toLowerCase(Locale.ROOT)
                + " "
                + AddressText.format(sent.address())
                + " "
                + state);
      }
    }
    host.refusal()
        .ifPresent(no ->
            lines.add(
                "refused %s %s %s %s"
                    .formatted(no.stop().reason(), no.at(), no.mark().text(), no.stop().detail())));
  }

  /** Empty when {@code text} is anything but a whole intent: then the agent begins anew. */
  static Optional<Intent> decode(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 4
        || !lines.getFirst().equals(FIRST_LINE)
        || !lines.getLast().equals(LAST_LINE)) {
      return Optional.empty();
    }
    try {
      var reading = new Reading();
      lines.subList(1, lines.size() - 1).forEach(reading::line);
      return Optional.of(reading.intent());
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The host being read, and what was read before. */
  private static final class Reading {
    private @Nullable String server;
    private @Nullable String userName;
    private final LinkedHashMap<String, HostIntent> hosts = new LinkedHashMap<>();

    void line(String line) {
      String[] words = line.split(" ", 2);
      String rest = words.length == 2 ? words[1] : "";
      switch (words[0]) {
        case "server" -> server = rest;
        case "user" -> userName = rest;
        case "host" -> hosts.put(rest, HostIntent.NOTHING);
        case "ipv4", "ipv6" -> sent(rest);
        case "refused" -> refused(rest);
        default -> throw new IllegalArgumentException("unknown line");
      }
    }

    private void sent(String rest) {
      String[] words = rest.split(" ", 3);
      require(words.length >= 2);
      InetAddress address =
          AddressText.parse(words[0]).orElseThrow(() -> new IllegalArgumentException("address"));
      Optional<Instant> at = Optional.empty();
      if (words[1].equals("acknowledged")) {
        require(words.length == 3);
        at = Optional.of(Instant.parse(words[2]));
      } else {
        require(words[1].equals("sent"));
      }
      HostIntent host = lastHost();
      Map<AddressFamily, Sent> families = new EnumMap<>(AddressFamily.class);
      families.putAll(host.sent());
      families.put(AddressFamily.of(address), new Sent(address, at));
      replaceLast(new HostIntent(families, host.refusal()));
    }

    private void refused(String rest) {
      String[] words = rest.split(" ", 4);
      require(words.length == 4);
      var stop = new PublishOutcome.Stop(PublishOutcome.Stop.Reason.valueOf(words[0]), words[3]);
      var refusal = new Refusal(stop, Instant.parse(words[1]), new CredentialMark(words[2]));
      replaceLast(lastHost().refused(refusal));
    }

    private HostIntent lastHost() {
      require(!hosts.isEmpty());
      return hosts.lastEntry().getValue();
    }

    private void replaceLast(HostIntent host) {
      hosts.put(hosts.lastEntry().getKey(), host);
    }

    Intent intent() {
      if (server == null || userName == null) {
        throw new IllegalArgumentException("no server or no user");
      }
      return new Intent(server, userName, hosts);
    }

    private static void require(boolean holds) {
      if (!holds) {
        throw new IllegalArgumentException("incomplete line");
      }
    }
  }
}
