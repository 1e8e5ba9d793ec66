package net.homeport.zone.text;

import java.util.ArrayList;
import java.util.List;
import net.homeport.zone.Rrset;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Records as lines of a master file (RFC 1035 5.1), each of which says all by itself. */
public final class RecordLines {
  private RecordLines() {}

  /** One line a record: absolute owner, TTL, class, type and data. */
  public static List<String> of(Name owner, Rrset rrset) {
    var head = new StringBuilder();
    int _ = RdataText.name(head, owner.toWire(), 0);
    head.append(' ')
        .append(rrset.ttl())
        .append(" IN ")
        .append(Type.string(rrset.type()))
        .append(' ');
    return data(rrset).stream().map(data -> head + data).toList();
  }

  /** The data of each record. */
  public static List<String> data(Rrset rrset) {
    var rdata = new RdataText();
    var lines = new ArrayList<String>(rrset.count());
    byte[] body = rrset.body();
    int at = 0;
    for (int left = rrset.count(); left > 0; left--) {
      int length = (body[at + 10] & 0xFF) << 8 | (body[at + 11] & 0xFF);
      var line = new StringBuilder();
      rdata.append(line, rrset.type(), body, at + Rrset.RR_HEADER_OCTETS, length);
      lines.add(line.toString());
      at += Rrset.RR_HEADER_OCTETS + length;
    }
    return lines;
  }
}
