package net.homeport.agent.fake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers datagrams on the loopback interface as it is told. */
public final class UdpResponder implements AutoCloseable {
  private final DatagramSocket socket;
  private final AtomicInteger received = new AtomicInteger();

  /** What to say. */
  public interface Answering {
    /** The datagrams to send back, in order. */
    List<byte[]> answers(byte[] request, InetSocketAddress from) throws IOException;
  }

  /** Answers from now on at this address of the loopback interface. */
  public UdpResponder(String address, Answering answering) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    Thread.ofVirtual().name("udp-responder").start(() -> answerAll(answering));
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** How many datagrams came. */
  public int received() {
    return received.get();
  }

  private void answerAll(Answering answering) {
    byte[] buffer = new byte[2048];
    while (!socket.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        received.incrementAndGet();
        byte[] request = Arrays.copyOf(buffer, packet.getLength());
        var from = (InetSocketAddress) packet.getSocketAddress();
        for (byte[] answer : answering.answers(request, from)) {
          socket.send(new DatagramPacket(answer, answer.length, from));
        }
      } catch (IOException e) {
        // Closed, or a stray packet.
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
