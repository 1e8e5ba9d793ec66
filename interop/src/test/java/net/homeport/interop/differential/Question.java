package net.homeport.interop.differential;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.homeport.interop.wire.Packet;

/**
 * One query.
 *
 * @param name absolute, in presentation form
 * @param type the QTYPE's mnemonic
 * @param payload EDNS payload size, 0 for a query without EDNS
 * @param dnssecOk the DO flag
 * @param recursionDesired the RD flag
 * @param tcp over TCP
 */
record Question(
    String name,
    String type,
    int payload,
    boolean dnssecOk,
    boolean recursionDesired,
    boolean tcp) {
  private static final List<String> TYPES =
      List.of(
          "A",
          "A",
          "A",
          "A",
          "AAAA",
          "AAAA",
          "MX",
          "TXT",
          "TXT",
          "NS",
          "NS",
          "SOA",
          "CNAME",
          "DNAME",
          "DS",
          "DS",
          "SRV",
          "CAA",
          "PTR",
          "HINFO",
          "TLSA",
          "SSHFP",
          "HTTPS",
          "NAPTR",
          "RP",
          "ANY",
          "TYPE65280",
          "TYPE666",
          "DNSKEY",
          "NSEC",
          "TYPE65535",
          "SVCB",
          "LOC",
          "TYPE127",
          "CDS");
  private static final List<String> LABELS =
      List.of("a", "b", "c", "www", "nope", "*", "ns1", "_tcp", "zz", "a\\.b", "\\000x", "star");
  private static final int RD = 0x0100;

  /** A random question about these families. */
  static Question make(Random random, List<ZoneFamily> families) {
    ZoneFamily family = families.get(random.nextInt(families.size()));
    String name = cased(random, name(random, family));
    boolean edns = random.nextInt(3) > 0;
    int payload = edns ? List.of(512, 1232, 1232, 4096).get(random.nextInt(4)) : 0;
    return new Question(
        name,
        TYPES.get(random.nextInt(TYPES.size())),
        payload,
        edns && random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(10) == 0);
  }

  private static String name(Random random, ZoneFamily family) {
    String known = family.names().get(random.nextInt(family.names().size()));
    return switch (random.nextInt(16)) {
      case 0, 1 -> label(random) + "." + known;
      case 2 -> label(random) + "." + label(random) + "." + known;
      case 3 -> "*." + known;
      case 4, 5 -> parent(known);
      case 6 -> label(random) + "." + parent(known);
      case 7 -> label(random) + "." + label(random) + "." + family.zones().getFirst().apex();
      case 8 -> "n".repeat(1 + random.nextInt(63)) + "." + known;
      case 9 -> known.replaceFirst("[a-z]", "q");
      default -> known;
    };
  }

  private static String label(Random random) {
    return LABELS.get(random.nextInt(LABELS.size()));
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    while (dot > 0 && name.charAt(dot - 1) == '\\') {
      dot = name.indexOf('.', dot + 1);
    }
    String rest = name.substring(dot + 1);
    return rest.equals("test") ? name : rest;
  }

  private static String cased(Random random, String name) {
    if (random.nextInt(3) > 0) {
      return name;
    }
    var mixed = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      String letter = name.substring(i, i + 1);
      mixed.append(random.nextBoolean() ? letter.toUpperCase(Locale.ROOT) : letter);
    }
    return mixed.toString();
  }

  /** The message. */
  byte[] octets(int id) {
    Packet packet = Packet.query(name + " " + type).id(id).flags(recursionDesired ? RD : 0);
    if (payload > 0) {
      packet.opt(payload, dnssecOk ? Packet.DO : 0);
    }
    return packet.octets();
  }

  /** The same over TCP. */
  Question byTcp() {
    return new Question(name, type, payload, dnssecOk, recursionDesired, true);
  }

  /** As arguments of dig. */
  @Override
  public String toString() {
    return "%s %s %s%s%s%s"
        .formatted(
            name,
            type,
            payload == 0 ? "+noedns" : "+bufsize=" + payload,
            dnssecOk ? " +dnssec" : "",
            recursionDesired ? " +rec" : " +norec",
            tcp ? " +tcp" : " +notcp +ignore");
  }
}
