package net.homeport.interop.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.homeport.interop.differential.ZoneFamily.ZoneSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Writes one master file at random: few labels, so that names meet, cover and shadow each other.
 */
final class ZoneMaker {
  private static final List<String> LABELS =
      List.of(
          "a",
          "b",
          "c",
          "www",
          "mail",
          "ns",
          "_tcp",
          "long-label-of-some-length",
          "a\\.b",
          "\\000x",
          "\\255\\001",
          "sp\\032ace",
          "x--y",
          "123");
  private static final int DEPTH_MAX = 4;

  /** What stands at a name, and so what may be added. */
  private enum Kind {
    DATA,
    ALIAS,
    REDIRECTION,
    CUT
  }

  private final Random random;
  private final String apex;
  private final Map<String, Kind> kinds = new HashMap<>();
  private final List<String> owners = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  ZoneMaker(Random random, String apex) {
    this.random = random;
    this.apex = apex;
    text.append("$ORIGIN ").append(apex).append(".\n$TTL ").append(60 * (1 + random.nextInt(90)));
    text.append(
        "\n@ %d IN SOA ns1 host.master %d 7200 3600 1209600 %d\n"
            .formatted(60 + random.nextInt(4000), random.nextInt(), random.nextInt(4000))
            .replace("-", ""));
    text.append("@ IN NS ns1\n@ IN NS ns.example.net.\nns1 IN A 192.0.2.53\n");
    kinds.put("ns1", Kind.DATA);
    owners.add("ns1");
  }

  /** The zone as it is now. */
  ZoneSource source() {
    return new ZoneSource(
        apex, text.toString(), names().stream().map(ZoneMaker::canonical).toList());
  }

  /** As names stand in facts. */
  static String canonical(String name) {
    try {
      return Name.fromString(name, Name.root).toString().toLowerCase(Locale.ROOT);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** The absolute names that stand in it, and some that are pointed at. */
  List<String> names() {
    var names = new ArrayList<String>();
    names.add(apex);
    owners.forEach(owner -> names.add(owner + "." + apex));
    return names;
  }

  /** Adds so many names. */
  void fill(int count) {
    if (random.nextInt(8) == 0) {
      data("@");
    }
    for (int i = 0; i < count; i++) {
      String owner = newOwner();
      if (kinds.containsKey(owner) || isBelowRedirection(owner)) {
        continue;
      }
      int dice = random.nextInt(100);
      if (dice < 14) {
        alias(owner);
      } else if (dice < 20 && !owner.contains("*") && !hasBelow(owner)) {
        redirection(owner);
      } else if (dice < 32 && !owner.contains("*")) {
        delegate(owner);
      } else if (dice < 36) {
        large(owner);
      } else {
        int types = 1 + random.nextInt(3);
        for (int j = 0; j < types; j++) {
          data(owner);
        }
      }
    }
  }

  private String newOwner() {
    var owner = new StringBuilder();
    if (!owners.isEmpty() && random.nextInt(3) == 0) {
      owner.append(owners.get(random.nextInt(owners.size())));
    } else {
      owner.append(label());
    }
    for (int depth = random.nextInt(DEPTH_MAX); depth > 0; depth--) {
      owner.insert(0, label() + ".");
    }
    if (random.nextInt(7) == 0) {
      owner.insert(0, "*.");
    }
    return owner.toString();
  }

  private String label() {
    return LABELS.get(random.nextInt(LABELS.size()));
  }

  private boolean isBelowRedirection(String owner) {
    return kinds.entrySet().stream()
        .anyMatch(e -> e.getValue() == Kind.REDIRECTION && owner.endsWith("." + e.getKey()));
  }

  private boolean hasBelow(String owner) {
    return kinds.keySet().stream().anyMatch(other -> other.endsWith("." + owner));
  }

  private void line(String owner, String typeAndData) {
    if (!owner.equals("@") && kinds.putIfAbsent(owner, Kind.DATA) == null) {
      owners.add(owner);
    }
    text.append(cased(owner)).append(" IN ").append(typeAndData).append('\n');
  }

  /** Some letters in upper case, escapes left alone. */
  private String cased(String name) {
    return random.nextInt(4) == 0 ? name.toUpperCase(Locale.ROOT) : name;
  }

  private void alias(String owner) {
    line(owner, "CNAME " + cased(target()));
    kinds.put(owner, Kind.ALIAS);
  }

  private void redirection(String owner) {
    line(owner, "DNAME " + cased(target()));
    kinds.put(owner, Kind.REDIRECTION);
    if (random.nextBoolean()) {
      line(owner, "TXT \"beside a DNAME\"");
    }
  }

  /** A name to point at: one of ours, near one of ours, of the family, or far away. */
  private String target() {
    String own = owners.get(random.nextInt(owners.size()));
    return switch (random.nextInt(12)) {
      case 0 -> "www.example.net.";
      case 1 -> label() + "." + own;
      case 2 -> newOwner().replace("*", "star");
      case 3 -> "www.child";
      case 4 -> "d%d.test.".formatted(random.nextInt(8));
      case 5 -> "ns1.d%d.test.".formatted(random.nextInt(8));
      case 6 -> "@";
      default -> own;
    };
  }

  /** A delegation, with glue of all sorts, and what it hides. */
  void delegate(String owner) {
    if (kinds.putIfAbsent(owner, Kind.CUT) != null) {
      return;
    }
    owners.add(owner);
    int servers = 1 + random.nextInt(3);
    for (int i = 0; i < servers; i++) {
      String server = serverOf(owner, i);
      text.append("%s IN NS %s\n".formatted(cased(owner), server));
      if (server.endsWith("." + owner) && random.nextInt(5) > 0) {
        address(server);
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(
          "%s IN DS %d 13 2 %064X\n"
              .formatted(owner, random.nextInt(65536), 77 + random.nextInt(99)));
    }
    if (random.nextInt(3) == 0) {
      address(label() + "." + owner);
    }
  }

  private String serverOf(String owner, int number) {
    return switch (random.nextInt(6)) {
      case 0 -> "ns%d.example.net.".formatted(number);
      case 1 -> "ns1";
      case 2 -> "ns%d.sibling".formatted(number);
      case 3 -> owners.get(random.nextInt(owners.size())).replace("*", "star");
      default -> "ns%d.%s".formatted(number, owner);
    };
  }

  /** An address record or two, unless something else stands there. */
  void address(String owner) {
    Kind kind = kinds.get(owner);
    if (kind == Kind.ALIAS || isBelowRedirection(owner)) {
      return;
    }
    line(owner, "A 192.0.2.%d".formatted(random.nextInt(256)));
    if (random.nextBoolean()) {
      line(owner, "AAAA 2001:db8::%x".formatted(random.nextInt(65536)));
    }
  }

  private void large(String owner) {
    int records = 2 + random.nextInt(12);
    for (int i = 0; i < records; i++) {
      line(owner, "TXT \"%02d%s\"".formatted(i, "x".repeat(60 + random.nextInt(140))));
    }
  }

  private void data(String owner) {
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(4) : 1;
    int type = random.nextInt(18);
    for (int i = 0; i < count; i++) {
      line(owner, rdata(type, i));
    }
  }

  private String rdata(int type, int i) {
    int n = 10 * random.nextInt(20) + i;
    return switch (type) {
      case 0, 1, 2, 3 -> "A 192.0.2." + n;
      case 4, 5 -> "AAAA 2001:db8::" + n;
      case 6 -> "MX %d %s".formatted(n, cased(target()));
      case 7 -> "TXT \"text %d\" \"\\000\\255\\\"\" \"\"".formatted(n);
      case 8 -> "SRV %d 2 443 %s".formatted(n, target());
      case 9 -> "CAA 0 issue \"ca%d.example\"".formatted(n);
      case 10 -> "PTR " + cased(target());
      case 11 -> "HINFO \"cpu %d\" \"os\"".formatted(n);
      case 12 -> "TLSA 3 1 1 %064X".formatted(n);
      case 13 -> "SSHFP 4 2 %064X".formatted(n);
      case 14 -> "HTTPS %d . alpn=\"h2,h3\"".formatted(1 + n);
      case 15 -> "NAPTR %d 10 \"u\" \"E2U+sip\" \"!^.*$!sip:x@y!\" .".formatted(n);
      case 16 -> "TYPE65280 \\# 4 0A0000%02X".formatted(n);
      default -> "RP %s %s".formatted(target(), target());
    };
  }
}
