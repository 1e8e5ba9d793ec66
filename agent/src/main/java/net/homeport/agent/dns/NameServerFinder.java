package net.homeport.agent.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Finds the authoritative servers of a name by asking a recursive resolver for the zone's SOA, its
 * NS and their addresses (RFC 1034 section 4.2.1). Thread-safe if the resolver is.
 */
public final class NameServerFinder {
  // The root has thirteen; more is a mistake or an attack.
  private static final int SERVERS_MAX = 13;
  private static final int ADDRESSES_MAX = 4;

  private static final Duration QUERY_LIMIT = Duration.ofSeconds(2);

  private final Resolver resolver;
  private final int port;

  /**
   * Asks this resolver.
   *
   * @param port where authoritative servers listen: 53 outside tests
   */
  public NameServerFinder(Resolver resolver, int port) {
    this.resolver = resolver;
    this.port = port;
  }

  /** Asks the system's resolver; made when needed, for there may have been no network before. */
  public static NameServerFinder ofThisMachine() {
    var resolver = new ExtendedResolver();
    resolver.setTimeout(QUERY_LIMIT);
    resolver.setRetries(1);
    return new NameServerFinder(resolver, SimpleResolver.DEFAULT_PORT);
  }

  /**
   * The servers of the zone that holds {@code host}; not empty.
   *
   * @throws IOException when the resolver does not answer or knows of no zone or server
   */
  public List<NameServer> find(String host) throws IOException {
    Name zone = zoneOf(Name.fromString(host, Name.root));
    var servers = new ArrayList<NameServer>();
    for (Record record : answers(zone, Type.NS)) {
      if (record instanceof NSRecord ns && servers.size() < SERVERS_MAX) {
        List<InetSocketAddress> addresses =
            Stream.concat(addresses(ns.getTarget(), Type.A), addresses(ns.getTarget(), Type.AAAA))
                .limit(ADDRESSES_MAX)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (!addresses.isEmpty()) {
          servers.add(new NameServer(ns.getTarget().toString(true), addresses));
        }
      }
    }
    if (servers.isEmpty()) {
      throw new IOException("no name server found for " + zone.toString(true));
    }
    return servers;
  }

  /** The owner of the SOA, which stands in the authority section unless the host is the apex. */
  private Name zoneOf(Name host) throws IOException {
    Message response = ask(host, Type.SOA);
    return Stream.concat(
            response.getSection(Section.ANSWER).stream(),
            response.getSection(Section.AUTHORITY).stream())
        .filter(SOARecord.class::isInstance)
        .map(Record::getName)
        .filter(host::subdomain)
        .findFirst()
        .orElseThrow(() -> new IOException("no zone found for " + host.toString(true)));
  }

  private Stream<InetAddress> addresses(Name server, int type) throws IOException {
    return answers(server, type).stream()
        .flatMap(record ->
            switch (record) {
              case ARecord a -> Stream.of(a.getAddress());
              case AAAARecord aaaa -> Stream.of(aaaa.getAddress());
              default -> Stream.<InetAddress>empty();
            });
  }

  private List<Record> answers(Name name, int type) throws IOException {
    return ask(name, type).getSection(Section.ANSWER);
  }

  private Message ask(Name name, int type) throws IOException {
    return resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
  }
}
