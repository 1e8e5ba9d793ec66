package net.homeport.interop.secondary;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Adds, deletes and replaces of several types at some names of a zone, at random. One thread. */
final class RandomUpdates {
  private static final int NAMES = 120;
  private static final int CHANGES_MAX = 4;
  private static final List<Integer> TYPES =
      List.of(Type.A, Type.AAAA, Type.TXT, Type.MX, Type.SRV, Type.CAA, Type.CNAME);

  private final Name zone;
  private final Random random;

  RandomUpdates(String zone, long seed) throws TextParseException {
    this.zone = Name.fromString(zone, Name.root);
    this.random = new Random(seed);
  }

  /** The types of its records, as a rule of a key lists them. */
  static String types() {
    return TYPES.stream().map(Type::string).collect(Collectors.joining(","));
  }

  /** One message of one to some changes. */
  Update next() throws IOException {
    var update = new Update(zone);
    int changes = random.nextInt(1, CHANGES_MAX + 1);
    for (int i = 0; i < changes; i++) {
      addChange(update);
    }
    return update;
  }

  private void addChange(Update update) throws IOException {
    Name name = name();
    int type = TYPES.get(random.nextInt(TYPES.size()));
    switch (random.nextInt(10)) {
      case 0 -> update.delete(name);
      case 1 -> update.delete(name, type);
      case 2 -> update.delete(name, type, data(type));
      case 3, 4, 5 -> {
        update.delete(name, type);
        update.add(name, type, ttl(), data(type));
      }
      default -> update.add(name, type, ttl(), data(type));
    }
  }

  private Name name() throws TextParseException {
    String label = "n" + random.nextInt(NAMES);
    String text = random.nextInt(5) == 0 ? "below.the." + label : label;
    return Name.fromString(text, zone);
  }

  private long ttl() {
    return List.of(30L, 60L, 3600L).get(random.nextInt(3));
  }

  /** Few values for a type, so that one often meets one that is there already. */
  private String data(int type) {
    int number = random.nextInt(1, 9);
    return switch (type) {
      case Type.A -> "192.0.2." + number;
      case Type.AAAA -> "2001:db8::" + number;
      case Type.TXT -> "\"text " + number + "\" \"" + "x".repeat(number * 20) + "\"";
      case Type.MX -> number + " mail" + number + "." + zone;
      case Type.SRV -> "0 " + number + " 443 n" + number + "." + zone;
      case Type.CAA -> "0 issue \"ca" + number + ".example\"";
      case Type.CNAME -> "n" + number + "." + zone;
      default -> throw new IllegalArgumentException(Type.string(type));
    };
  }
}
