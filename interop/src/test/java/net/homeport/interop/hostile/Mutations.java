package net.homeport.interop.hostile;

import static net.homeport.interop.wire.Packet.hex;
import static net.homeport.interop.wire.Packet.option;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.homeport.interop.wire.Packet;

/** Messages good and odd, changed at random. For one thread. */
final class Mutations {
  private static final int IN = Packet.IN;
  private static final int NOISE_MAX = 700;
  private static final int LONG_MAX = 9000;

  private final Random random;
  private final List<byte[]> corpus;

  Mutations(Random random) {
    this.random = random;
    this.corpus =
        List.of(
            Packet.query("www.hostile.test A").octets(),
            Packet.query("www.hostile.test AAAA").edns(1232).octets(),
            Packet.query("hostile.test SOA").opt(4096, Packet.DO).octets(),
            Packet.query("hostile.test ANY").edns(512).octets(),
            Packet.query("nope.hostile.test MX").octets(),
            Packet.query("a.b.wild.hostile.test TXT").edns(1232).octets(),
            Packet.query("alias.hostile.test A").edns(1232).octets(),
            Packet.query("a.b.c.dname.hostile.test A").octets(),
            Packet.query("x.cut.hostile.test A").edns(1232).octets(),
            Packet.query("cut.hostile.test DS").octets(),
            Packet.query("large.hostile.test TXT").edns(4096).octets(),
            Packet.query("www.elsewhere.test A").edns(1232).octets(),
            Packet.query("hostile.test AXFR").octets(),
            Packet.query("hostile.test IXFR").octets(),
            Packet.query("www.hostile.test A")
                .edns(1232, option(10, hex("0102030405060708")))
                .octets(),
            Packet.query("www.hostile.test A")
                .edns(1232, option(10, hex("010203040506070801000000000000001122334455667788")))
                .octets(),
            Packet.query("www.hostile.test A")
                .edns(1232, option(3), option(11), option(12, new byte[9]))
                .octets(),
            Packet.query("www.hostile.test A")
                .edns(1232, option(8, hex("00011800c00002")))
                .octets(),
            Packet.query("hostile.test SOA").opcode(4).octets(),
            Packet.query("hostile.test SOA")
                .opcode(5)
                .record(
                    Packet.AUTHORITY, Packet.name("new.hostile.test"), 1, IN, 60, hex("c0000201"))
                .octets(),
            Packet.query("www.hostile.test A")
                .record(
                    Packet.ADDITIONAL,
                    Packet.name("key.hostile.test"),
                    250,
                    255,
                    0,
                    Packet.joined(
                        Packet.name("hmac-sha256"),
                        hex("000065000000012c00041122334412340000 0000")))
                .octets(),
            Packet.empty().question(Packet.name("version.bind"), 16, 3).octets(),
            Packet.empty().edns(1232, option(10, hex("0102030405060708"))).octets(),
            Packet.query("www.hostile.test A")
                .question(Packet.name("www.hostile.test"), 28, IN)
                .octets(),
            Packet.joined(Packet.empty().count(0, 1).octets(), hex("c00c00010001")),
            Packet.query("www.hostile.test A").flags(0x8180).octets(),
            Packet.query("*.hostile.test A").octets(),
            Packet.query("a.".repeat(120) + "hostile.test A").octets());
  }

  /** The next message: now and then a good one, mostly not. */
  byte[] next() {
    int dice = random.nextInt(100);
    if (dice < 8) {
      byte[] noise = new byte[random.nextInt(random.nextInt(20) == 0 ? LONG_MAX : NOISE_MAX)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] octets = corpus.get(random.nextInt(corpus.size())).clone();
    if (dice < 15) {
      return octets;
    }
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      octets = changed(octets);
    }
    return octets;
  }

  private byte[] changed(byte[] octets) {
    if (octets.length == 0) {
      return octets;
    }
    int at = random.nextInt(octets.length);
    switch (random.nextInt(9)) {
      case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> octets[at] = (byte) random.nextInt();
      case 2 ->
          octets[at] =
              (byte)
                  List.of(0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFF)
                      .get(random.nextInt(8))
                      .intValue();
      case 3 -> {
        return Arrays.copyOf(octets, at);
      }
      case 4 -> {
        return Arrays.copyOf(octets, octets.length + random.nextInt(64));
      }
      case 5 -> {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return Packet.joined(
            Arrays.copyOf(octets, at),
            Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
      }
      case 6 -> {
        byte[] inserted = new byte[random.nextInt(8)];
        random.nextBytes(inserted);
        return Packet.joined(
            Arrays.copyOf(octets, at), inserted, Arrays.copyOfRange(octets, at, octets.length));
      }
      case 7 -> {
        // The counts of the header, where lies are most interesting.
        if (octets.length >= 12) {
          octets[4 + random.nextInt(8)] = (byte) random.nextInt(4);
        }
      }
      default -> {
        // The flags and opcode.
        if (octets.length >= 4) {
          octets[2] = (byte) (random.nextInt() & 0x7F);
        }
      }
    }
    return octets;
  }
}
