package net.homeport.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Names and records spelled as in a master file (RFC 1035 5.1), for constants of tests. */
public final class DnsText {
  private DnsText() {}

  /** An absolute name; the final dot may be left out. */
  public static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** One record, such as {@code www.example. 60 A 192.0.2.1}. */
  public static Record record(String line) {
    List<Record> records = records(line);
    if (records.size() != 1) {
      throw new IllegalArgumentException("not one record: " + line);
    }
    return records.getFirst();
  }

  /** One record a line, with owner names as absolute names and a TTL each. */
  public static List<Record> records(String... lines) {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    var records = new ArrayList<Record>();
    try (var master = new Master(new ByteArrayInputStream(text), Name.root)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.join("\n", lines), e);
    }
    return records;
  }
}
