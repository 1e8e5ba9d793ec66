package net.homeport.interop.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks a DNS server. */
public final class Dns {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InetSocketAddress server;

  Dns(InetSocketAddress server) {
    this.server = server;
  }

  /** Questions to the server at this address. */
  public static Dns at(InetSocketAddress server) {
    return new Dns(server);
  }

  /** The whole answer, by UDP. */
  public Message ask(String name, int type) {
    return ask(name, type, false);
  }

  /** The whole answer. */
  public Message ask(String name, int type, boolean tcp) {
    var resolver = new SimpleResolver(server);
    resolver.setTimeout(PATIENCE);
    resolver.setTCP(tcp);
    try {
      Record question = Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
      return resolver.send(Message.newQuery(question));
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer for " + name + " from " + server, e);
    }
  }

  /** IPv4 addresses of a name. */
  public List<String> a(String name) {
    return ask(name, Type.A).getSection(Section.ANSWER).stream()
        .filter(ARecord.class::isInstance)
        .map(Record::rdataToString)
        .toList();
  }

  /** IPv6 addresses of a name. */
  public List<String> aaaa(String name) {
    return ask(name, Type.AAAA).getSection(Section.ANSWER).stream()
        .filter(AAAARecord.class::isInstance)
        .map(Record::rdataToString)
        .toList();
  }
}
