package net.homeport.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Random names, records and zones, from few labels, so that names meet often: wildcards, cuts,
 * aliases and empty non-terminals lie on each other's way. The same seed gives the same sequence.
 */
public final class RandomDns {
  private static final List<String> LABELS =
      List.of("a", "b", "c", "D", "*", "www", "_x", "a\\.b", "\\000", "xn--q");
  private static final List<Integer> DATA_TYPES = List.of(Type.A, Type.AAAA, Type.TXT, Type.MX);
  private static final int DEPTH_MAX = 4;

  private final RandomGenerator random;

  public RandomDns(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The source of chance, for more than names. */
  public RandomGenerator random() {
    return random;
  }

  /** True once in {@code times}. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** One of these. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A name at or below {@code apex}. */
  public Name nameIn(Name apex) {
    return oneIn(12) ? apex : nameBelow(apex);
  }

  /** A name one to four labels below {@code apex}. */
  public Name nameBelow(Name apex) {
    Name name = apex;
    for (int left = 1 + random.nextInt(DEPTH_MAX); left > 0; left--) {
      name = below(oneOf(LABELS), name);
    }
    return name;
  }

  private static Name below(String label, Name parent) {
    try {
      return Name.concatenate(Name.fromConstantString(label), parent);
    } catch (NameTooLongException _) {
      return parent;
    }
  }

  /** The same name with another letter case. */
  public Name spelledAnew(Name name) {
    byte[] wire = name.toWire();
    for (int at = 0; at < wire.length; at += 1 + wire[at]) {
      for (int i = at + 1; i <= at + wire[at]; i++) {
        boolean letter = (wire[i] | 0x20) >= 'a' && (wire[i] | 0x20) <= 'z';
        if (letter && random.nextBoolean()) {
          wire[i] ^= 0x20;
        }
      }
    }
    try {
      return new Name(wire);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record of ordinary data, with one of few values and TTLs, so that duplicates happen. */
  public Record data(Name owner) {
    return data(owner, oneOf(DATA_TYPES));
  }

  private Record data(Name owner, int type) {
    int value = random.nextInt(4);
    String rdata =
        switch (type) {
          case Type.A -> "192.0.2." + value;
          case Type.AAAA -> "2001:db8::" + value;
          case Type.TXT -> "\"text %d\" \"\"".formatted(value);
          case Type.MX -> "10 mail%d.example.".formatted(value);
          default -> throw new IllegalArgumentException(Type.string(type));
        };
    return record(owner, type, rdata);
  }

  private Record record(Name owner, int type, String rdata) {
    int ttl = 60 * (1 + random.nextInt(3));
    return DnsText.record("%s %d %s %s".formatted(owner, ttl, Type.string(type), rdata));
  }

  /** An alias to a name in or out of the zone. */
  public Record alias(Name owner, Name apex) {
    return record(owner, Type.CNAME, target(apex).toString());
  }

  private Name target(Name apex) {
    return oneIn(5) ? DnsText.name("www.elsewhere.invalid") : nameIn(apex);
  }

  /** The records of a valid zone: no CNAME beside other data, one DNAME a name, NS at the apex. */
  public List<Record> zone(Name apex) {
    var records = new ArrayList<Record>();
    records.add(
        DnsText.record(
            "%s 3600 SOA ns.%s hostmaster.%s %d 7200 900 1209600 %d"
                .formatted(apex, apex, apex, random.nextInt(1000), random.nextInt(7200))));
    records.add(record(apex, Type.NS, "ns." + apex));
    Set<Name> taken = new HashSet<>(List.of(apex));
    for (int left = random.nextInt(40); left > 0; left--) {
      Name owner = nameBelow(apex);
      if (taken.add(owner)) {
        addNode(records, owner, apex);
      }
    }
    if (oneIn(4)) {
      records.add(data(apex));
    }
    if (oneIn(20)) {
      records.add(record(apex, Type.DNAME, target(apex).toString()));
    }
    return records;
  }

  private void addNode(List<Record> records, Name owner, Name apex) {
    // RFC 4592 4.2, 4.4: what NS or DNAME mean at a wildcard is undefined or discouraged.
    int kind = random.nextInt(owner.isWild() ? 12 : 16);
    switch (kind) {
      case 10, 11 -> records.add(alias(owner, apex));
      case 12, 13 -> {
        records.add(record(owner, Type.NS, target(owner).toString()));
        records.add(record(owner, Type.NS, target(apex).toString()));
        if (oneIn(2)) {
          records.add(record(owner, Type.DS, "12345 13 2 " + "ab".repeat(32)));
        }
      }
      case 14 -> records.add(record(owner, Type.DNAME, target(apex).toString()));
      case 15 -> {
        records.add(record(owner, Type.DNAME, target(apex).toString()));
        records.add(data(owner));
      }
      default -> {
        for (int left = random.nextInt(4); left >= 0; left--) {
          records.add(data(owner));
        }
      }
    }
  }
}
