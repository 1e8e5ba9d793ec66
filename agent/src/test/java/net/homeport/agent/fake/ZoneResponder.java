package net.homeport.agent.fake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers DNS over UDP on the loopback interface for one zone of addresses. */
public final class ZoneResponder implements AutoCloseable {
  private final DatagramSocket socket;
  private final Name apex;
  private final ConcurrentHashMap<String, Collection<InetAddress>> addresses =
      new ConcurrentHashMap<>();
  private final List<String> nameServers = new CopyOnWriteArrayList<>();

  /** Answers from now on for {@code zone}, such as {@code example.org}. */
  public ZoneResponder(String zone) throws IOException {
    apex = Name.fromString(zone, Name.root);
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().name("zone-responder").start(this::answerAll);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  /** Replaces the addresses of {@code host}, of both families. */
  public void point(String host, Collection<InetAddress> to) {
    addresses.put(host, List.copyOf(to));
  }

  public void nameServer(String host) {
    nameServers.add(host);
  }

  private void answerAll() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(new Message(query)).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or a stray packet.
      }
    }
  }

  private Message answer(Message query) throws IOException {
    Record question = query.getQuestion();
    var answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    Name name = question.getName();
    if (question.getType() == Type.NS && name.equals(apex)) {
      for (String host : nameServers) {
        Name target = Name.fromString(host, Name.root);
        answer.addRecord(new NSRecord(apex, DClass.IN, 60, target), Section.ANSWER);
      }
    }
    String host = name.toString(true).toLowerCase(Locale.ROOT);
    for (InetAddress address : addresses.getOrDefault(host, List.of())) {
      boolean ipv4 = address.getAddress().length == 4;
      if (question.getType() == (ipv4 ? Type.A : Type.AAAA)) {
        answer.addRecord(
            ipv4
                ? new ARecord(name, DClass.IN, 60, address)
                : new AAAARecord(name, DClass.IN, 60, address),
            Section.ANSWER);
      }
    }
    if (answer.getSection(Section.ANSWER).isEmpty()) {
      answer.addRecord(
          new SOARecord(apex, DClass.IN, 60, apex, apex, 1, 60, 60, 60, 60), Section.AUTHORITY);
    }
    return answer;
  }

  @Override
  public void close() {
    socket.close();
  }
}
