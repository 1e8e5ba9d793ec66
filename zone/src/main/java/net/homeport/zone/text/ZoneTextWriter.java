package net.homeport.zone.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.homeport.zone.CanonicalOrder;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Writes a zone as master-file text (RFC 1035 5.1): one record a line, each with its owner, in
 * canonical order (RFC 4034 6.1) with the apex first, in columns. The same zone gives the same
 * text, and the text is read back as the same records. A comment marks the records of hosts.
 */
public final class ZoneTextWriter {
  private static final int OWNER_WIDTH_MAX = 32;
  private static final int TYPE_WIDTH = 6;
  private static final int BUFFER_OCTETS = 1 << 16;

  private final OutputStream out;
  private final int apexLength;
  private final long defaultTtl;
  private final int ownerWidth;
  private final int ttlWidth;
  private final RdataText rdata = new RdataText();
  private final StringBuilder owner = new StringBuilder();
  private final StringBuilder text = new StringBuilder(BUFFER_OCTETS + 1024);

  private ZoneTextWriter(OutputStream out, Zone zone, Layout layout) {
    this.out = out;
    this.apexLength = zone.apex().length();
    this.defaultTtl = layout.mostUsedTtl();
    this.ownerWidth = layout.ownerWidth;
    this.ttlWidth = layout.ttlWidth();
  }

  /**
   * Writes the zone. The stream is flushed, and stays open.
   *
   * @throws IOException as the stream does; part of the text may be written then
   */
  public static void write(Zone zone, OutputStream out) throws IOException {
    var layout = new Layout(zone);
    var writer = new ZoneTextWriter(out, zone, layout);
    writer.head(zone);
    CanonicalOrder.forEach(zone, writer::node);
    writer.drain();
    out.flush();
  }

  private void head(Zone zone) {
    text.append("; zone ");
    int _ = RdataText.name(text, zone.apex().toWire(), 0);
    text.append(" serial ").append(zone.serial());
    text.append("\n$ORIGIN ");
    int _ = RdataText.name(text, zone.apex().toWire(), 0);
    text.append("\n$TTL ").append(defaultTtl).append('\n');
  }

  private void node(Name name, List<Rrset> rrsets) throws IOException {
    owner.setLength(0);
    byte[] wire = name.toWire();
    RdataText.relative(owner, wire, wire.length - apexLength);
    pad(owner, ownerWidth, 0);
    for (Rrset rrset : rrsets) {
      rrset(rrset);
    }
  }

  private void rrset(Rrset rrset) throws IOException {
    String type = Type.string(rrset.type());
    byte[] body = rrset.body();
    int at = 0;
    for (int left = rrset.count(); left > 0; left--) {
      int length = (body[at + 10] & 0xFF) << 8 | (body[at + 11] & 0xFF);
      text.append(owner).append(' ');
      int column = text.length();
      if (rrset.ttl() != defaultTtl) {
        text.append(rrset.ttl());
      }
      pad(text, ttlWidth, column);
      text.append(ttlWidth == 0 ? "" : " ").append("IN ");
      column = text.length();
      text.append(type);
      pad(text, TYPE_WIDTH, column);
      text.append(' ');
      rdata.append(text, rrset.type(), body, at + Rrset.RR_HEADER_OCTETS, length);
      text.append(rrset.management() == Management.DYNAMIC ? " ; dynamic\n" : "\n");
      at += Rrset.RR_HEADER_OCTETS + length;
      if (text.length() > BUFFER_OCTETS) {
        drain();
      }
    }
  }

  private static void pad(StringBuilder to, int width, int from) {
    to.repeat(' ', Math.max(0, from + width - to.length()));
  }

  private void drain() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    text.setLength(0);
  }

  /** How wide the columns are, and which TTL needs not be written. */
  private static final class Layout {
    private final Map<Long, Integer> recordsByTtl = new HashMap<>();
    private final int apexLength;
    private int ownerWidth = 1;

    Layout(Zone zone) {
      apexLength = zone.apex().length();
      zone.forEach(this::measure);
    }

    private void measure(Name owner, List<Rrset> rrsets) {
      // Escapes aside, a relative name has as many letters as octets, less one.
      int width = Math.min(OWNER_WIDTH_MAX, owner.length() - apexLength - 1);
      ownerWidth = Math.max(ownerWidth, width);
      for (Rrset rrset : rrsets) {
        recordsByTtl.merge(rrset.ttl(), rrset.count(), Integer::sum);
      }
    }

    /** The TTL of most records; of several, the smallest. */
    long mostUsedTtl() {
      long most = 0;
      int records = 0;
      for (Map.Entry<Long, Integer> entry : recordsByTtl.entrySet()) {
        boolean more = entry.getValue() > records;
        if (more || (entry.getValue() == records && entry.getKey() < most)) {
          most = entry.getKey();
          records = entry.getValue();
        }
      }
      return most;
    }

    int ttlWidth() {
      long used = mostUsedTtl();
      return recordsByTtl.keySet().stream()
          .filter(ttl -> ttl != used)
          .mapToInt(ttl -> Long.toString(ttl).length())
          .max()
          .orElse(0);
    }
  }
}
