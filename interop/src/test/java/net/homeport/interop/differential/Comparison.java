package net.homeport.interop.differential;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.homeport.interop.differential.ZoneFamily.ZoneSource;

/** Puts the same question to Homeport and its peers. For one thread. */
final class Comparison implements AutoCloseable {
  private final Link ours;
  private final List<Peer> peers;
  private final List<Link> links;
  private final List<ZoneSource> zones;
  private int id;

  Comparison(InetSocketAddress homeport, List<Peer> peers, List<ZoneSource> zones) {
    this.zones = List.copyOf(zones);
    this.ours = new Link(homeport);
    this.peers = List.copyOf(peers);
    this.links = peers.stream().map(peer -> new Link(peer.address())).toList();
  }

  private int nextId() {
    id = (id + 1) & 0xFFFF;
    return id;
  }

  private Answer ask(Link link, Question question) {
    int number = nextId();
    link.send(question, number);
    return Answer.of(link.receive(question, number));
  }

  /** The answers that are not as ours. */
  List<Difference> differences(Question question) {
    int number = nextId();
    ours.send(question, number);
    links.forEach(link -> link.send(question, number));
    Answer own = Answer.of(ours.receive(question, number));
    var differences = new ArrayList<Difference>();
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      Answer other = Answer.of(link.receive(question, number));
      if (!own.saysAs(other)) {
        differences.add(
            new Difference(
                question,
                peers.get(i).kind(),
                own,
                other,
                () -> ask(ours, question.byTcp()),
                () -> ask(link, question.byTcp()),
                zones));
      }
    }
    return differences;
  }

  /** All answers, for people. */
  String shown(Question question) {
    var text = new StringBuilder("dig " + question + "\n");
    text.append("  HOMEPORT: ").append(ask(ours, question));
    for (int i = 0; i < links.size(); i++) {
      text.append("  ").append(peers.get(i).kind()).append(": ");
      text.append(ask(links.get(i), question));
    }
    return text.toString();
  }

  @Override
  public void close() {
    ours.close();
    links.forEach(Link::close);
  }
}
