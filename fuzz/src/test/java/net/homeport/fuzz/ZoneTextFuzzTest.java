package net.homeport.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.text.ZoneTextWriter;
import org.xbill.DNS.Name;

/** Zone files of any text: a zone that reads back as it was written, or errors with their place. */
final class ZoneTextFuzzTest {
  private static final Name APEX = Zones.name("t.");
  private static final String START = "@ 60 SOA ns host 1 2 3 4 300\n@ 60 NS ns\n";
  private static final int TEXT_MAX = 20_000;

  @FuzzTest(maxDuration = "60s")
  void anyText(byte[] octets) throws IOException {
    if (octets.length > TEXT_MAX) {
      return;
    }
    Zone zone;
    try {
      zone = ZoneText.parse(ZoneSnapshot.empty(1), APEX, START + new String(octets, UTF_8));
    } catch (ZoneTextException e) {
      assertThat(e).hasMessageContaining("zone file:");
      return;
    }
    if (zone.nameCount() > 1000) {
      return; // generated: the same record a thousand times over tells nothing new
    }
    String written = text(zone);
    try {
      Zone again = ZoneText.parse(ZoneSnapshot.empty(1), APEX, written);
      assertThat(text(again)).isEqualTo(written);
    } catch (ZoneTextException e) {
      throw new AssertionError(written, e);
    }
  }

  private static String text(Zone zone) throws IOException {
    var out = new ByteArrayOutputStream();
    ZoneTextWriter.write(zone, out);
    return out.toString(UTF_8);
  }
}
