package net.homeport.app.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.homeport.app.config.ConfigurationException;
import net.homeport.registry.policy.RuleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that make a rule of a key. */
final class RuleFlags {
  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Only in this zone (may be repeated; default: all zones of the server).")
  private List<String> zones = new ArrayList<>();

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Exactly this name (may be repeated); a wildcard name *.x only so.")
  private List<String> owners = new ArrayList<>();

  @Option(
      names = "--subtree",
      paramLabel = "NAME",
      description = "This name and all below it (may be repeated).")
  private List<String> subtrees = new ArrayList<>();

  @Option(
      names = "--pattern",
      paramLabel = "PATTERN",
      description =
          "Names of this form, one * a label, label by label: _acme-challenge.*.example.org (may be repeated).")
  private List<String> patterns = new ArrayList<>();

  @Option(names = "--self", description = "The name that is the key's own.")
  private boolean self;

  @Option(names = "--self-subtree", description = "The key's own name and all below it.")
  private boolean selfSubtree;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description =
          "Types that may change (default: A,AAAA,TXT,CNAME,SRV,PTR,HTTPS,SVCB,DHCID); NS, DNAME, SOA, DS and such only if listed.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--operation",
      paramLabel = "add|delete",
      split = ",",
      description = "What may be done (default: both).")
  private List<String> operations = new ArrayList<>();

  @Option(
      names = "--static",
      description = "Static records may change, too; what it adds is static then.")
  private boolean touchesStatic;

  @Option(
      names = "--from",
      paramLabel = "NETWORK",
      description = "Only from here, such as 192.0.2.0/24 (may be repeated).")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "When the rule ends: 2027-01-31, 2027-01-31T12:00:00Z, or a span such as 30d.")
  private @Nullable String expires;

  /**
   * The rule as text, checked; null if no flag of rules was given.
   *
   * @param now from when a span counts
   */
  @Nullable String rule(Instant now) throws ConfigurationException {
    var words = new ArrayList<String>();
    words(words, "zone", zones);
    words(words, "owner", owners);
    words(words, "subtree", subtrees);
    words(words, "pattern", patterns);
    if (self) {
      words.add("self");
    }
    if (selfSubtree) {
      words.add("self-subtree");
    }
    words(words, "type", types);
    words(words, "operation", operations);
    if (touchesStatic) {
      words.add("static");
    }
    words(words, "from", sources);
    String end = expires;
    if (end != null) {
      words(words, "expires", List.of(instant(end, now)));
    }
    if (words.isEmpty()) {
      return null;
    }
    try {
      return RuleText.parse(String.join(" ", words)).toString();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private static void words(List<String> words, String word, List<String> values)
      throws ConfigurationException {
    for (String value : values) {
      if (value.isBlank() || value.chars().anyMatch(Character::isWhitespace)) {
        throw new ConfigurationException("--%s: '%s' has blanks".formatted(word, value));
      }
      words.add(word);
      words.add(value);
    }
  }

  private static String instant(String text, Instant now) throws ConfigurationException {
    if (text.matches("\\d+[dhms]")) {
      return now.plus(DurationText.parse("--expires", text)).toString();
    }
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    } catch (DateTimeException _) {
      return text;
    }
  }
}
