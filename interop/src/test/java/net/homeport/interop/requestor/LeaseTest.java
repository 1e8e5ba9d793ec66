package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.homeport.interop.harness.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Records that stay as long as their lease (RFC 9664). No packaged program asks for one alone. */
final class LeaseTest {
  /** Update Lease (RFC 9664 4). */
  private static final int UPDATE_LEASE = 2;

  /** As long as a device has to renew after the server was down, less what may be too early. */
  private static final Duration NEARLY_TWO_MINUTES = Duration.ofSeconds(115);

  /**
   * How much faster the server's clocks go, by libfaketime. Not more: they run ahead of ours while
   * it starts, too, and a signature may be off by 300 seconds (RFC 8945 5.2.3).
   */
  private static final int FASTER = 3;

  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  @TempDir Path folder;
  private Lab lab;
  private KeyRecipes key;

  @BeforeEach
  void start() {
    assertThat(LIBRARY).as("of the Debian package faketime").exists();
    lab =
        Lab.startIn(
            Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME",
                "+0 x" + FASTER,
                // Files whose times seem to change make the JVM do without its cache of classes.
                "NO_FAKE_STAT",
                "1"),
            folder);
    key = lab.addUsualKey("device");
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  /** Adds an address under a lease of these seconds; returns the words of the option granted. */
  private List<Integer> add(String name, String address, int... lease) throws IOException {
    var zone = Name.fromString("dyn.test.");
    var update = new Update(zone);
    update.add(Name.fromString(name, zone), Type.A, 60, address);
    if (lease.length > 0) {
      ByteBuffer data = ByteBuffer.allocate(lease.length * Integer.BYTES);
      for (int seconds : lease) {
        data.putInt(seconds);
      }
      update.addRecord(
          new OPTRecord(1232, 0, 0, 0, new GenericEDNSOption(UPDATE_LEASE, data.array())),
          Section.ADDITIONAL);
    }
    var resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(lab.port());
    resolver.setTSIGKey(new TSIG(TSIG.HMAC_SHA256, key.name() + ".", key.secret()));
    Message answer = resolver.send(update);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    OPTRecord opt = answer.getOPT();
    if (opt == null) {
      return List.of();
    }
    return opt.getOptions(UPDATE_LEASE).stream().flatMap(LeaseTest::seconds).toList();
  }

  private static Stream<Integer> seconds(EDNSOption option) {
    try {
      ByteBuffer wire = ByteBuffer.wrap(option.toWire());
      wire.getInt(); // its code and length
      return Stream.generate(wire::getInt).limit(wire.remaining() / Integer.BYTES);
    } catch (RuntimeException e) {
      throw new AssertionError("not an Update Lease option: " + option, e);
    }
  }

  @Test
  void aRecordLeavesWithItsLeaseUnlessItIsRenewed() throws IOException {
    assertThat(add("brief", "192.0.2.1", 40)).as("granted").startsWith(40);
    assertThat(add("hasty", "192.0.2.2", 1)).as("at least half a minute").startsWith(30);
    assertThat(add("both", "192.0.2.3", 45, 86_400)).containsExactly(45, 86_400);
    assertThat(add("renewed", "192.0.2.4", 40)).startsWith(40);
    assertThat(add("renewed", "192.0.2.4", 3600)).startsWith(3600);
    assertThat(add("forever", "192.0.2.5")).isEmpty();
    List<String> leased = List.of("brief.dyn.test", "hasty.dyn.test", "both.dyn.test");
    assertThat(leased).allSatisfy(name -> assertThat(lab.data(name, "A")).hasSize(1));

    Await.pause(NEARLY_TWO_MINUTES.dividedBy(FASTER));
    for (String name : leased) {
      Await.until(name + " is gone", () -> lab.data(name, "A").isEmpty());
    }
    assertThat(lab.data("renewed.dyn.test", "A")).containsExactly("192.0.2.4");
    assertThat(lab.data("forever.dyn.test", "A")).containsExactly("192.0.2.5");
  }
}
