package net.homeport.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What is said to a listener, and what its zones hold afterwards. */
abstract class ListeningWeb {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  final ZoneWriter writer;
  final WebListener listener;

  ListeningWeb(ZoneWriter writer, WebListener listener) {
    this.writer = writer;
    this.listener = listener;
  }

  public URI url() {
    return URI.create(listener.urls().getFirst());
  }

  /** What the zone holds of that type at that name: RDATA as text. */
  public List<String> records(String owner, int type) throws TextParseException {
    var rrset =
        Objects.requireNonNull(writer.snapshot().zoneOf(name(owner))).rrset(name(owner), type);
    return rrset == null
        ? List.of()
        : rrset.records(name(owner)).stream().map(Record::rdataToString).toList();
  }

  public List<String> addresses(String owner) throws TextParseException {
    return records(owner, Type.A);
  }

  /** Sends these octets on a connection of its own; returns all that comes until it is closed. */
  public String raw(String request) throws IOException {
    return raw(listener.addresses().getFirst(), request);
  }

  /** As the other one, over IPv6. */
  public String rawOverIpv6(String request) throws IOException {
    return raw(listener.addresses().getLast(), request);
  }

  private static String raw(InetSocketAddress address, String request) throws IOException {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  public static Name name(String text) throws TextParseException {
    return Name.fromString(text, Name.root);
  }

  /** An administrator adds a static record to dyn.example.org, whatever is there. */
  public void addStatic(String owner, int type, String rdata) throws IOException {
    Record record = Record.fromString(name(owner), type, DClass.IN, 60, rdata, Name.root);
    CommitResult result =
        writer
            .submit(
                new ZoneUpdate(
                    name("dyn.example.org"),
                    List.of(),
                    List.of(new UpdateOperation.AddRecord(record)),
                    Management.STATIC,
                    new Attribution("test", "test", null, START)))
            .join();
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }

  /** Adds another zone. */
  public void zone(String text, String apex) throws TextParseException, ZoneTextException {
    Zone zone = ZoneText.parse(writer.snapshot(), name(apex), text);
    var actor = new Attribution("test", "test", null, START);
    writer.create(new ZoneChange.Created(zone, actor)).join();
  }
}
