package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * No accepted update, however odd, makes a zone that cannot be loaded at the next start, or that is
 * another one then. Updates of any octets that the parser of messages lets through: all types,
 * unknown ones, names as long as there are, labels of any octets, RRsets near 64 kB, aliases, the
 * apex itself. A longer run: {@code -Dodd.rounds=1000 -Dodd.seed=N}.
 */
final class OddUpdatesTest {
  private static final Name APEX = name("odd.test.");
  private static final int NAME_MAX = 255;
  private static final int UPDATES_A_ROUND = 30;
  private static final Attribution SOMEBODY =
      new Attribution("\u0000odd\uD83D\uDE00", "rfc2136", null, Instant.EPOCH);
  private static final int[] TTLS = {0, 1, 60, 86_400, Integer.MAX_VALUE};
  private static final int[] FAMILIAR = {
    Type.A,
    Type.NS,
    Type.CNAME,
    Type.SOA,
    Type.PTR,
    Type.HINFO,
    Type.MX,
    Type.TXT,
    Type.RP,
    Type.AAAA,
    Type.LOC,
    Type.SRV,
    Type.NAPTR,
    Type.DNAME,
    Type.DS,
    Type.SSHFP,
    Type.RRSIG,
    Type.NSEC,
    Type.DNSKEY,
    Type.TLSA,
    Type.SVCB,
    Type.HTTPS,
    Type.CAA,
    Type.URI
  };

  private int accepted;
  private int refused;
  private int unparsable;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void areTheSameAfterARestart(long number) throws Exception {
    long seed = Long.getLong("odd.seed", 0) + number;
    int rounds = Integer.getInteger("odd.rounds", 25);
    var random = new Random(seed);
    Path file = folder.resolve("odd.db");
    var before = new TreeSet<String>();
    for (int round = 0; round < rounds; round++) {
      try (var store = new SqliteStore(file)) {
        ZoneSnapshot loaded = store.load(seed + round);
        assertThat(content(loaded)).as("seed %d, round %d", seed, round).isEqualTo(before);
        var failures = new ArrayList<String>();
        try (var writer =
            new ZoneWriter(
                loaded,
                store.journal(),
                _ -> {},
                failure -> failures.add(String.valueOf(failure.getMessage())))) {
          if (loaded.zoneCount() == 0) {
            create(writer);
          }
          for (int i = 0; i < UPDATES_A_ROUND; i++) {
            update(writer, random);
          }
          if (random.nextBoolean()) {
            store.checkpoint(writer::snapshot);
          }
          before.clear();
          before.addAll(content(writer.snapshot()));
        }
        assertThat(failures).as("seed %d, round %d", seed, round).isEmpty();
      }
    }
    System.out.printf(
        "odd updates: seed %d, %d restarts, %d accepted, %d refused, %d records unparsable%n",
        seed, rounds, accepted, refused, unparsable);
    assertThat(accepted).isGreaterThan(rounds * UPDATES_A_ROUND / 4);
  }

  private static void create(ZoneWriter writer) {
    Zone zone =
        ZoneLife.created(
            writer.snapshot(),
            APEX,
            DnsText.records(APEX + " 60 SOA ns. host. 1 1 1 1 1", APEX + " 60 NS ns."));
    writer.create(new ZoneChange.Created(zone, SOMEBODY)).join();
  }

  private void update(ZoneWriter writer, Random random) throws IOException {
    var operations = new ArrayList<UpdateOperation>();
    Name owner = owner(random);
    if (random.nextInt(20) == 0) {
      fill(owner, random, operations);
    }
    for (int left = random.nextInt(6); left >= 0; left--) {
      Name at = random.nextInt(3) == 0 ? owner : owner(random);
      Record record = record(at, random);
      switch (random.nextInt(12)) {
        case 0 -> operations.add(new UpdateOperation.DeleteName(at));
        case 1 -> operations.add(new UpdateOperation.DeleteRrset(at, type(random)));
        case 2 -> {
          if (record != null) {
            operations.add(new UpdateOperation.DeleteRecord(record));
          }
        }
        default -> {
          if (record != null) {
            operations.add(new UpdateOperation.AddRecord(record));
          }
        }
      }
    }
    Management management = random.nextInt(4) == 0 ? Management.STATIC : Management.DYNAMIC;
    var update = new ZoneUpdate(APEX, List.of(), operations, management, SOMEBODY);
    switch (writer.submit(update).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> accepted++;
      case CommitResult.Refused _ -> refused++;
      case CommitResult.Failed failed -> throw new AssertionError(failed + ": " + update);
      case CommitResult.Overloaded _ -> throw new AssertionError("one update is no overload");
    }
  }

  /** So much text at one name that it comes near to 64 kB, or past it. */
  private static void fill(Name owner, Random random, List<UpdateOperation> operations) {
    int count = 240 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      byte[] text = new byte[251];
      random.nextBytes(text);
      text[0] = (byte) (text.length - 1);
      operations.add(
          new UpdateOperation.AddRecord(
              Record.newRecord(owner, Type.TXT, DClass.IN, 60, text.length, text)));
    }
  }

  /** A name in the zone: of few, so that they meet, or of any octets and as long as can be. */
  private static Name owner(Random random) throws IOException {
    byte[] apex = APEX.toWire();
    var out = new ByteArrayOutputStream();
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> {
        out.write(1);
        out.write("ab*.\\\u0000 @".charAt(random.nextInt(8)));
      }
      case 2 -> {
        int room = NAME_MAX - apex.length;
        while (room > 1) {
          room -= label(out, Math.min(63, room - 1), random);
        }
      }
      default -> {
        for (int labels = 1 + random.nextInt(3); labels > 0; labels--) {
          label(out, 1 + random.nextInt(12), random);
        }
      }
    }
    out.write(apex);
    return new Name(out.toByteArray());
  }

  private static int label(ByteArrayOutputStream out, int length, Random random) {
    byte[] label = new byte[length];
    random.nextBytes(label);
    out.write(length);
    out.writeBytes(label);
    return 1 + length;
  }

  private static int type(Random random) {
    if (random.nextInt(3) > 0) {
      return FAMILIAR[random.nextInt(FAMILIAR.length)];
    }
    int type = 1 + random.nextInt(0xFFFE);
    // Not data (RFC 6895 3.1): the parser of updates refuses these.
    return type == Type.OPT || (type >= 128 && type <= 255) ? Type.TXT : type;
  }

  /** A record of random octets, or null if they are none of its type. */
  private @Nullable Record record(Name owner, Random random) throws IOException {
    int type = type(random);
    byte[] data = data(type, random);
    int ttl = TTLS[random.nextInt(TTLS.length)];
    @Nullable Record record = Record.newRecord(owner, type, DClass.IN, ttl, data.length, data);
    unparsable += record == null ? 1 : 0;
    return record;
  }

  private static byte[] data(int type, Random random) throws IOException {
    return switch (type) {
      case Type.A -> octets(4, random);
      case Type.AAAA -> octets(16, random);
      case Type.NS, Type.CNAME, Type.PTR, Type.DNAME -> owner(random).toWire();
      case Type.MX -> joined(octets(2, random), owner(random).toWire());
      case Type.SRV -> joined(octets(6, random), owner(random).toWire());
      case Type.RP -> joined(owner(random).toWire(), owner(random).toWire());
      case Type.SOA ->
          joined(joined(owner(random).toWire(), owner(random).toWire()), octets(20, random));
      case Type.TXT, Type.HINFO -> joined(text(random), text(random));
      case Type.CAA -> joined(new byte[] {(byte) random.nextInt(256), 1, 'a'}, text(random));
      case Type.SVCB, Type.HTTPS -> joined(octets(2, random), owner(random).toWire());
      default ->
          octets(random.nextInt(8) == 0 ? random.nextInt(20_000) : random.nextInt(60), random);
    };
  }

  private static byte[] octets(int count, Random random) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] text(Random random) {
    byte[] text = octets(1 + random.nextInt(256), random);
    text[0] = (byte) (text.length - 1);
    return text;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** All octets of all records, and the serials. */
  private static SortedSet<String> content(ZoneSnapshot snapshot) {
    var lines = new TreeSet<String>();
    HexFormat hex = HexFormat.of();
    for (Zone zone : snapshot.zones()) {
      lines.add("%s serial %d, %d names".formatted(zone.apex(), zone.serial(), zone.nameCount()));
      zone.forEach((owner, rrsets) -> {
        for (Rrset rrset : rrsets) {
          for (Record record : rrset.records(owner)) {
            lines.add(
                "%s %d %d %s %s"
                    .formatted(
                        hex.formatHex(owner.toWire()),
                        record.getType(),
                        record.getTTL(),
                        hex.formatHex(record.rdataToWireCanonical()),
                        rrset.management()));
          }
        }
      });
    }
    return lines;
  }
}
