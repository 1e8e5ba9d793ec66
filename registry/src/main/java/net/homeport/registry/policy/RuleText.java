package net.homeport.registry.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.homeport.registry.policy.UpdateRule.Operation;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A rule as one line of words: those of the command line's flags. The store keeps rules so, hence
 * what was once written is always read.
 *
 * <pre>zone dyn.example.org subtree office.dyn.example.org type A,AAAA operation add,delete</pre>
 *
 * <p>Words are separated by blanks, which names escape. Types and operations are always written
 * out: a rule that was made stays what it was when defaults change.
 */
public final class RuleText {
  private static final int WORDS_MAX = 2000;

  private RuleText() {}

  static String of(
      List<Name> zones,
      List<OwnerPattern> owners,
      Set<Integer> types,
      Set<Operation> operations,
      boolean touchesStatic,
      List<SourceNetwork> sources,
      @Nullable Instant expiresAt) {
    var words = new ArrayList<String>();
    zones.forEach(zone -> words.add("zone " + text(zone)));
    owners.forEach(owner -> words.add(text(owner)));
    words.add("type " + types.stream().map(Type::string).collect(Collectors.joining(",")));
    words.add(
        "operation "
            + operations.stream()
                .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")));
    if (touchesStatic) {
      words.add("static");
    }
    sources.forEach(source -> words.add("from " + source));
    if (expiresAt != null) {
      words.add("expires " + expiresAt);
    }
    return String.join(" ", words);
  }

  private static String text(Name name) {
    return name.toString(true);
  }

  private static String text(OwnerPattern pattern) {
    return switch (pattern) {
      case OwnerPattern.Exact exact -> "owner " + text(exact.name());
      case OwnerPattern.Subtree subtree -> "subtree " + text(subtree.name());
      case OwnerPattern.Glob glob -> "pattern " + text(glob.pattern());
      case OwnerPattern.Self _ -> "self";
      case OwnerPattern.SelfSubtree _ -> "self-subtree";
    };
  }

  /**
   * The rule of this line. Without types it is about {@link UpdateRule#DEFAULT_TYPES}, without
   * operations about both.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static UpdateRule parse(String text) {
    String[] words = text.strip().split("\\s+", WORDS_MAX);
    var zones = new ArrayList<Name>();
    var owners = new ArrayList<OwnerPattern>();
    Set<Integer> types = new TreeSet<>();
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    var sources = new ArrayList<SourceNetwork>();
    boolean touchesStatic = false;
    Instant expiresAt = null;
    int at = 0;
    while (at < words.length) {
      String word = words[at++];
      switch (word) {
        case "self" -> owners.add(new OwnerPattern.Self());
        case "self-subtree" -> owners.add(new OwnerPattern.SelfSubtree());
        case "static" -> touchesStatic = true;
        default -> {
          if (at == words.length) {
            throw new IllegalArgumentException(
                "'%s' at the end of the rule is no word of rules, or lacks what belongs behind it"
                    .formatted(word));
          }
          String value = words[at++];
          switch (word) {
            case "zone" -> zones.add(name(value));
            case "owner" -> owners.add(new OwnerPattern.Exact(name(value)));
            case "subtree" -> owners.add(new OwnerPattern.Subtree(name(value)));
            case "pattern" -> owners.add(new OwnerPattern.Glob(name(value)));
            case "type" -> types.addAll(types(value));
            case "operation" -> operations.addAll(operations(value));
            case "from" -> sources.add(SourceNetwork.parse(value));
            case "expires" -> expiresAt = instant(value);
            default ->
                throw new IllegalArgumentException(
                    "'%s' is no word of rules; there are zone, owner, subtree, pattern, self, self-subtree, type, operation, static, from, expires"
                        .formatted(word));
          }
        }
      }
    }
    return new UpdateRule(
        zones,
        owners,
        types.isEmpty() ? UpdateRule.DEFAULT_TYPES : types,
        operations.isEmpty() ? EnumSet.allOf(Operation.class) : operations,
        touchesStatic,
        sources,
        expiresAt);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException _) {
      throw new IllegalArgumentException(
          "'%s' is not a domain name: labels of 1 to 63 octets separated by dots, 255 octets in all"
              .formatted(text));
    }
  }

  private static List<Integer> types(String text) {
    var types = new ArrayList<Integer>();
    for (String word : text.split(",", -1)) {
      int type = Type.value(word);
      if (type < 0) {
        throw new IllegalArgumentException(
            "'%s' is not a type of records, such as A or TXT; one without a name is written TYPEnnn (RFC 3597)"
                .formatted(word));
      }
      types.add(type);
    }
    return types;
  }

  private static List<Operation> operations(String text) {
    var operations = new ArrayList<Operation>();
    for (String word : text.split(",", -1)) {
      operations.add(
          switch (word.toLowerCase(Locale.ROOT)) {
            case "add" -> Operation.ADD;
            case "delete" -> Operation.DELETE;
            default ->
                throw new IllegalArgumentException(
                    "'%s' is no operation; there are add and delete".formatted(word));
          });
    }
    return operations;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          "'%s' is not a time such as 2027-01-31T00:00:00Z".formatted(text));
    }
  }
}
