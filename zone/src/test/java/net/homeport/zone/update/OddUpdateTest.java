package net.homeport.zone.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.StoredNode;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneLoader;
import net.homeport.zone.Zones;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * No update that is accepted makes a zone unreadable: records of any type with any RDATA, as a
 * message may carry them, are refused, or stored so that they can be served, kept and loaded again.
 */
final class OddUpdateTest {
  private static final Name APEX = name("dyn.test.");
  private static int accepted;
  private static int refused;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsAcceptedCanBeServedKeptAndLoaded(long seed) {
    var random = new SplittableRandom(seed);
    Zone zone = Zones.zone("dyn.test.");
    for (int i = 0; i < 400; i++) {
      Record record = received(random);
      if (record == null) {
        continue;
      }
      List<UpdateOperation> operations =
          random.nextInt(5) == 0
              ? List.of(new UpdateOperation.DeleteRecord(record))
              : List.of(new UpdateOperation.AddRecord(record));
      List<Prerequisite> prerequisites =
          random.nextInt(10) == 0
              ? List.of(
                  new Prerequisite.RrsetEquals(record.getName(), record.getType(), List.of(record)))
              : List.of();
      var update =
          new ZoneUpdate(APEX, prerequisites, operations, Management.STATIC, Updates.SOMEBODY);
      switch (UpdateEvaluation.evaluate(zone, update)) {
        case UpdateResult.Changed changed -> {
          accepted++;
          zone = changed.next();
        }
        case UpdateResult.Refused _ -> refused++;
        case UpdateResult.Unchanged _ -> {}
      }
    }
    assertThat(Zones.content(loaded(zone))).isEqualTo(Zones.content(zone));
    zone.forEach((owner, rrsets) -> {
      for (Rrset rrset : rrsets) {
        assertThat(rrset.records(owner)).hasSize(rrset.count()).doesNotContainNull();
        assertThat(Rrset.of(rrset.records(owner), rrset.ttl(), rrset.management()))
            .isEqualTo(rrset);
      }
    });
  }

  private static Zone loaded(Zone zone) {
    ZoneLoader loader = Zones.nothing().newLoader(APEX);
    StoredNode.forEach(zone, loader::add);
    return loader.finish().build();
  }

  /** A record as the update section of a message brings it; null if the message is malformed. */
  private static @Nullable Record received(SplittableRandom random) {
    var out = new DNSOutput();
    out.writeU16(1);
    out.writeU16(Opcode.UPDATE << 11);
    out.writeU16(0);
    out.writeU16(0);
    out.writeU16(1);
    out.writeU16(0);
    String owner =
        random.nextInt(8) == 0 ? "dyn.test." : "n%d.dyn.test.".formatted(random.nextInt(6));
    out.writeByteArray(name(owner).toWire());
    out.writeU16(random.nextInt(6) == 0 ? random.nextInt(0x10000) : random.nextInt(110));
    out.writeU16(DClass.IN);
    out.writeU32(random.nextInt(4) == 0 ? random.nextLong(0x1_0000_0000L) : 60);
    byte[] rdata = rdata(random);
    out.writeU16(rdata.length);
    out.writeByteArray(rdata);
    try {
      return new Message(out.toByteArray()).getSection(Section.UPDATE).getFirst();
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  /** Nothing, few octets, or names and numbers, so that many types can be read from it. */
  private static byte[] rdata(SplittableRandom random) {
    var out = new DNSOutput();
    var parts = new ArrayList<Integer>();
    for (int left = random.nextInt(4); left > 0; left--) {
      parts.add(random.nextInt(6));
    }
    for (int part : parts) {
      switch (part) {
        case 0 -> out.writeByteArray(name("Target.dyn.test.").toWire());
        case 1 -> out.writeU16(random.nextInt(0x10000));
        case 2 -> out.writeU32(random.nextLong(0x1_0000_0000L));
        case 3 -> out.writeByteArray(new byte[] {3, 'a', 'B', 'c'});
        case 4 -> out.writeByteArray(new byte[random.nextInt(20)]);
        default -> {
          byte[] octets = new byte[random.nextInt(40)];
          random.nextBytes(octets);
          out.writeByteArray(octets);
        }
      }
    }
    return out.toByteArray();
  }

  @AfterAll
  static void bothHappenedOften() {
    assertThat(accepted).isGreaterThan(500);
    assertThat(refused).isGreaterThan(100);
  }
}
