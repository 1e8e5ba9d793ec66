package net.homeport.registry.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.homeport.zone.Rrset;
import net.homeport.zone.update.Prerequisite;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.UpdateOperation;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Reads an update as the commands of nsupdate: {@code update add}, {@code update delete} and {@code
 * prereq}, the first word of each may be left out. Names are absolute, as nsupdate has them. What
 * only tells nsupdate how to send is passed over.
 */
public final class NsupdateText {
  /** Most lines; a message cannot carry more records. */
  public static final int LINES_MAX = 65_535;

  private static final long NO_TTL = -1;

  private final List<Prerequisite> prerequisites = new ArrayList<>();
  // RFC 2136 2.4.2: all records of one name and type together are one condition.
  private final Map<RrsetKey, List<Record>> wanted = new LinkedHashMap<>();
  private final List<UpdateOperation> operations = new ArrayList<>();
  private @Nullable Name zone;
  private long defaultTtl = NO_TTL;

  private record RrsetKey(Name owner, int type) {}

  private NsupdateText(@Nullable Name zone) {
    this.zone = zone;
  }

  /**
   * The update of these lines.
   *
   * @param zone the zone to change; null if a line says it
   * @throws IllegalArgumentException that says the line and what is wrong with it
   */
  public static ProposedUpdate parse(List<String> lines, @Nullable Name zone) {
    if (lines.size() > LINES_MAX) {
      throw new IllegalArgumentException("an update has at most %d lines".formatted(LINES_MAX));
    }
    var text = new NsupdateText(zone);
    for (int i = 0; i < lines.size(); i++) {
      try {
        text.line(new Words(lines.get(i)));
      } catch (IllegalArgumentException | IOException e) {
        throw new IllegalArgumentException(
            "line %d, '%s': %s".formatted(i + 1, lines.get(i).strip(), e.getMessage()), e);
      }
    }
    return text.update();
  }

  private ProposedUpdate update() {
    Name apex = zone;
    if (apex == null) {
      throw new IllegalArgumentException(
          "nothing says which zone is to change; give it, or begin with the line 'zone NAME'");
    }
    wanted.forEach((key, records) ->
        prerequisites.add(new Prerequisite.RrsetEquals(key.owner(), key.type(), records)));
    return new ProposedUpdate(apex, prerequisites, operations);
  }

  private void line(Words words) throws IOException {
    String command = words.nextLower();
    switch (command) {
      case "",
          "send",
          "show",
          "answer",
          "quit",
          "server",
          "local",
          "key",
          "debug",
          "gsstsig",
          "oldgsstsig",
          "realm",
          "check-names" -> {}
      case "class" -> classIn(words);
      case "zone" -> zone = name(words.next("the name of the zone"));
      case "ttl" -> defaultTtl = ttl(words.next("a TTL"));
      case "update" -> operation(words.nextLower(), words);
      case "prereq" -> prerequisite(words.nextLower(), words);
      case "add", "delete", "del" -> operation(command, words);
      case "nxdomain", "yxdomain", "nxrrset", "yxrrset" -> prerequisite(command, words);
      default ->
          throw new IllegalArgumentException(
              "'%s' is no command; there are update add, update delete, prereq nxdomain, yxdomain, nxrrset, yxrrset, zone and ttl"
                  .formatted(command));
    }
  }

  private static void classIn(Words words) {
    if (!words.nextLower().equals("in")) {
      throw new IllegalArgumentException("only the class IN is served");
    }
  }

  private void operation(String command, Words words) throws IOException {
    switch (command) {
      case "add" -> add(words);
      case "delete", "del" -> delete(words);
      default ->
          throw new IllegalArgumentException(
              "say 'update add NAME TTL TYPE DATA' or 'update delete NAME [TYPE [DATA]]'");
    }
  }

  private void add(Words words) throws IOException {
    Name owner = name(words.next("the name"));
    String stated = words.skipTtl();
    long ttl = stated == null ? defaultTtl : ttl(stated);
    words.skipClass();
    if (ttl == NO_TTL) {
      throw new IllegalArgumentException("the TTL is missing behind the name");
    }
    int type = type(words.next("the type"));
    operations.add(new UpdateOperation.AddRecord(record(owner, type, ttl, words.data())));
  }

  private void delete(Words words) throws IOException {
    Name owner = name(words.next("the name"));
    // nsupdate takes a TTL here and means nothing by it.
    String _ = words.skipTtl();
    words.skipClass();
    if (words.isEmpty()) {
      operations.add(new UpdateOperation.DeleteName(owner));
      return;
    }
    int type = type(words.next("the type"));
    operations.add(
        words.isEmpty()
            ? new UpdateOperation.DeleteRrset(owner, type)
            : new UpdateOperation.DeleteRecord(record(owner, type, 0, words.data())));
  }

  private void prerequisite(String command, Words words) throws IOException {
    boolean ofName = command.equals("nxdomain") || command.equals("yxdomain");
    if (!ofName && !command.equals("nxrrset") && !command.equals("yxrrset")) {
      throw new IllegalArgumentException(
          "say 'prereq nxdomain NAME', 'prereq yxdomain NAME', 'prereq nxrrset NAME TYPE' or 'prereq yxrrset NAME TYPE [DATA]'");
    }
    Name owner = name(words.next("the name"));
    if (ofName) {
      prerequisites.add(
          command.equals("nxdomain")
              ? new Prerequisite.NameNotInUse(owner)
              : new Prerequisite.NameInUse(owner));
      return;
    }
    words.skipClass();
    int type = type(words.next("the type"));
    if (command.equals("nxrrset")) {
      prerequisites.add(new Prerequisite.RrsetAbsent(owner, type));
    } else if (words.isEmpty()) {
      prerequisites.add(new Prerequisite.RrsetExists(owner, type));
    } else {
      wanted
          .computeIfAbsent(new RrsetKey(owner, type), _ -> new ArrayList<>())
          .add(record(owner, type, 0, words.data()));
    }
  }

  private static Record record(Name owner, int type, long ttl, String data) throws IOException {
    if (data.isEmpty()) {
      throw new IllegalArgumentException("the data of the record is missing");
    }
    try {
      return Record.fromString(owner, type, DClass.IN, ttl, data, Name.root);
    } catch (RuntimeException e) {
      // The library says so of some data that it cannot read.
      throw new IllegalArgumentException(
          "'%s' is not the data of a record %s".formatted(data, Type.string(type)), e);
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException _) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
  }

  private static long ttl(String text) {
    long ttl = NO_TTL;
    try {
      ttl = TTL.parseTTL(text);
    } catch (NumberFormatException _) {
      // Told below.
    }
    if (ttl < 0 || ttl > Rrset.TTL_MAX) {
      throw new IllegalArgumentException(
          "'%s' is not a TTL of 0 to %d seconds".formatted(text, Rrset.TTL_MAX));
    }
    return ttl;
  }

  private static int type(String text) {
    int type = Type.value(text);
    if (type < 0 || !Rrset.isDataType(type)) {
      throw new IllegalArgumentException(
          "'%s' is not a type of records, such as A or TXT".formatted(text));
    }
    return type;
  }

  /** A line, word by word; data may have quoted blanks, so it is taken as it stands. */
  private static final class Words {
    private String rest;

    Words(String line) {
      rest = line.strip();
      // What begins with a semicolon is a comment; within data that may be quoted, so only there.
      if (rest.startsWith(";") || rest.startsWith("#") || rest.startsWith(">")) {
        rest = "";
      }
    }

    boolean isEmpty() {
      return rest.isEmpty();
    }

    private String take() {
      int end = 0;
      while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
        end++;
      }
      String word = rest.substring(0, end);
      rest = rest.substring(end).strip();
      return word;
    }

    private String peek() {
      String before = rest;
      String word = take();
      rest = before;
      return word;
    }

    String next(String what) {
      if (rest.isEmpty()) {
        throw new IllegalArgumentException(what + " is missing at its end");
      }
      return take();
    }

    String nextLower() {
      return take().toLowerCase(Locale.ROOT);
    }

    @Nullable String skipTtl() {
      String word = peek();
      return !word.isEmpty() && Character.isDigit(word.charAt(0)) ? take() : null;
    }

    void skipClass() {
      if (peek().equalsIgnoreCase("in")) {
        String _ = take();
      }
    }

    String data() {
      String data = rest;
      rest = "";
      return data;
    }
  }
}
