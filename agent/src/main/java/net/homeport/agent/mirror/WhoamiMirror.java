package net.homeport.agent.mirror;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.Mirror;
import net.homeport.agent.dns.NameServer;
import net.homeport.agent.dns.NameServerFinder;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A name whose authoritative servers answer the asker's address, such as {@code
 * whoami.dyn.example.org}. They are asked themselves: a resolver would learn its own address.
 */
public final class WhoamiMirror implements Mirror {
  /** Servers asked at most in one go. */
  private static final int SERVERS_MAX = 3;

  private final Name name;
  private final AddressFamily family;
  private final Finding servers;

  /** Finds the servers to ask. */
  private interface Finding {
    List<InetSocketAddress> find() throws IOException;
  }

  /**
   * @param name to ask for
   * @param family to ask over, and so to learn
   * @param servers to ask; if empty, those of the name's zone are found through DNS
   */
  public WhoamiMirror(String name, AddressFamily family, List<InetSocketAddress> servers)
      throws IOException {
    this.name = Name.fromString(name, Name.root);
    this.family = family;
    List<InetSocketAddress> given = List.copyOf(servers);
    this.servers =
        given.isEmpty()
            ? () ->
                NameServerFinder.ofThisMachine().find(name).stream()
                    .map(NameServer::addresses)
                    .flatMap(List::stream)
                    .toList()
            : () -> given;
  }

  @Override
  public String name() {
    return name.toString(true);
  }

  @Override
  public Optional<AddressFamily> family() {
    return Optional.of(family);
  }

  @Override
  public InetAddress ask() throws IOException, InterruptedException {
    var troubles = new ArrayList<String>();
    List<InetSocketAddress> ours =
        servers.find().stream()
            .filter(server -> AddressFamily.of(server.getAddress()) == family)
            .limit(SERVERS_MAX)
            .toList();
    for (InetSocketAddress server : ours) {
      try {
        return ask(server);
      } catch (IOException e) {
        troubles.add(server.getHostString() + ": " + e.getMessage());
      }
    }
    throw new IOException(
        troubles.isEmpty()
            ? "no name server has an address of " + family
            : String.join("; ", troubles));
  }

  private InetAddress ask(InetSocketAddress server) throws IOException, InterruptedException {
    int type = family == AddressFamily.IPV4 ? Type.A : Type.AAAA;
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    return DatagramExchange.ask(server, query.toWire(), datagram -> read(datagram, query));
  }

  /** Reads an answer; empty if it is none, or none to this query. */
  static Optional<InetAddress> read(byte[] datagram, Message query) throws IOException {
    Message answer;
    try {
      answer = new Message(datagram);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
    Record question = query.getQuestion();
    if (answer.getHeader().getID() != query.getHeader().getID()
        || !answer.getHeader().getFlag(Flags.QR)
        || !question.equals(answer.getQuestion())) {
      return Optional.empty();
    }
    if (answer.getRcode() != Rcode.NOERROR) {
      throw new IOException("answered " + Rcode.string(answer.getRcode()));
    }
    // Somebody on the way who answers in the server's place tells its own address, without AA.
    if (!answer.getHeader().getFlag(Flags.AA)) {
      throw new IOException("answered by somebody who is not the zone's server");
    }
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record.getName().equals(question.getName())) {
        switch (record) {
          case ARecord a when question.getType() == Type.A -> {
            return Optional.of(a.getAddress());
          }
          case AAAARecord aaaa when question.getType() == Type.AAAA -> {
            return Optional.of(aaaa.getAddress());
          }
          default -> {}
        }
      }
    }
    throw new IOException("answered without an address");
  }
}
