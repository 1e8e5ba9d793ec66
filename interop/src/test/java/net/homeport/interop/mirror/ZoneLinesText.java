package net.homeport.interop.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Zones as text, in a form that compares. */
final class ZoneLinesText {
  private ZoneLinesText() {}

  /** One line a record, sorted. */
  static List<String> sorted(String masterFile) {
    var lines = new ArrayList<String>();
    var octets = masterFile.getBytes(StandardCharsets.UTF_8);
    try (var master = new Master(new java.io.ByteArrayInputStream(octets), Name.root)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        lines.add(record.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(masterFile, e);
    }
    lines.sort(null);
    return lines;
  }
}
