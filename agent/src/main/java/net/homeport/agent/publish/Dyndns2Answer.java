package net.homeport.agent.publish;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressText;
import net.homeport.agent.address.CurrentAddresses;
import net.homeport.agent.publish.PublishOutcome.Accepted;
import net.homeport.agent.publish.PublishOutcome.Retry;
import net.homeport.agent.publish.PublishOutcome.Stop;

/**
 * Judges a dyndns2 answer: one line per host in the order asked, or a single line about the
 * account. Pure.
 *
 * <p>The words decide, because many servers send them with any HTTP status; only a success must
 * also come with a 2xx. An answer that is not understood is never a success.
 *
 * @param hosts as sent
 * @param sent the addresses as sent
 * @param retryAfter what the server asked to wait; zero if it did not
 */
record Dyndns2Answer(List<String> hosts, CurrentAddresses sent, Duration retryAfter) {
  private static final Pattern TAG = Pattern.compile("<[^<>]*>");
  private static final Pattern BLANK_OR_COMMA = Pattern.compile("[\\s,]+");
  private static final int DETAIL_CHARACTERS_MAX = 80;

  PublishReport judge(int status, String body) {
    List<String> lines =
        TAG.matcher(body)
            .replaceAll("\n")
            .lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .toList();
    if (lines.isEmpty() || !isWord(lines.getFirst())) {
      return PublishReport.forAll(hosts, sent, byStatus(status, lines));
    }
    PublishOutcome first = judgeLine(status, lines.getFirst());
    // One line for several hosts is about the account if it is a failure. A success says nothing
    // of the other hosts; they are asked for again, alone.
    if (lines.size() == 1 && !(first instanceof Accepted)) {
      return PublishReport.forAll(hosts, sent, first);
    }
    var outcomes = new LinkedHashMap<String, PublishOutcome>();
    for (int i = 0; i < hosts.size(); i++) {
      outcomes.put(
          hosts.get(i),
          i < lines.size()
              ? judgeLine(status, lines.get(i))
              : new Retry(Retry.Cause.UNINTELLIGIBLE, retryAfter, "no line for this host"));
    }
    return new PublishReport(sent, outcomes);
  }

  private static boolean isWord(String line) {
    return switch (word(line)) {
      case "good",
          "nochg",
          "911",
          "dnserr",
          "badauth",
          "nohost",
          "!yours",
          "notfqdn",
          "nofqdn",
          "numhost",
          "abuse",
          "badagent",
          "!donator",
          "!active",
          "badsys" ->
          true;
      default -> false;
    };
  }

  private PublishOutcome judgeLine(int status, String line) {
    return switch (word(line)) {
      case "good" -> accepted(status, line, true);
      case "nochg" -> accepted(status, line, false);
      case "911" -> new Retry(Retry.Cause.SERVER_TROUBLE, retryAfter, shown(line));
      case "dnserr" -> new Retry(Retry.Cause.DNS_TROUBLE, retryAfter, shown(line));
      case "badauth" -> new Stop(Stop.Reason.BAD_CREDENTIALS, shown(line));
      case "nohost" -> new Stop(Stop.Reason.NO_SUCH_HOST, shown(line));
      case "!yours" -> new Stop(Stop.Reason.NOT_YOURS, shown(line));
      case "notfqdn", "nofqdn" -> new Stop(Stop.Reason.NOT_A_NAME, shown(line));
      case "numhost" -> new Stop(Stop.Reason.TOO_MANY_HOSTS, shown(line));
      case "abuse" -> new Stop(Stop.Reason.BLOCKED, shown(line));
      case "badagent" -> new Stop(Stop.Reason.BAD_AGENT, shown(line));
      case "!donator" -> new Stop(Stop.Reason.NOT_PAID_FOR, shown(line));
      case "!active" -> new Stop(Stop.Reason.NOT_ACTIVE, shown(line));
      case "badsys" -> new Stop(Stop.Reason.BAD_REQUEST, shown(line));
      default -> new Retry(Retry.Cause.UNINTELLIGIBLE, retryAfter, shown(line));
    };
  }

  /** A success word, held against the HTTP status and the address it repeats. */
  private PublishOutcome accepted(int status, String line, boolean changed) {
    if (status < 200 || status > 299) {
      return byStatus(status, List.of(line));
    }
    for (String word : BLANK_OR_COMMA.split(line, -1)) {
      Optional<InetAddress> repeated = AddressText.parse(word);
      if (repeated.isPresent() && !agrees(repeated.get())) {
        return word.equals("127.0.0.1")
            ? new Stop(Stop.Reason.IGNORED, shown(line))
            : new Stop(Stop.Reason.OTHER_ADDRESS, shown(line));
      }
    }
    return new Accepted(changed);
  }

  // A family that was not sent may be repeated too: the host keeps it.
  private boolean agrees(InetAddress repeated) {
    Optional<InetAddress> own = sent.get(AddressFamily.of(repeated));
    return own.isEmpty() ? !repeated.isLoopbackAddress() : own.get().equals(repeated);
  }

  private PublishOutcome byStatus(int status, List<String> lines) {
    String detail = "HTTP " + status + (lines.isEmpty() ? "" : ": " + shown(lines.getFirst()));
    if (status >= 500 || status == 408 || status == 429) {
      return new Retry(Retry.Cause.SERVER_TROUBLE, retryAfter, detail);
    }
    if (status < 300) {
      return new Retry(Retry.Cause.UNINTELLIGIBLE, retryAfter, detail);
    }
    return switch (status) {
      case 401 -> new Stop(Stop.Reason.BAD_CREDENTIALS, detail);
      case 403 -> new Stop(Stop.Reason.BLOCKED, detail);
      default -> new Stop(status < 400 ? Stop.Reason.REDIRECTED : Stop.Reason.BAD_REQUEST, detail);
    };
  }

  private static String word(String line) {
    return BLANK_OR_COMMA.split(line, 2)[0].toLowerCase(Locale.ROOT);
  }

  // Goes to terminals and log files, so control characters do not.
  private static String shown(String line) {
    String text = line.replaceAll("\\p{Cntrl}", "?");
    return text.length() <= DETAIL_CHARACTERS_MAX
        ? text
        : text.substring(0, DETAIL_CHARACTERS_MAX) + "...";
  }
}
