package net.homeport.interop.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import net.homeport.interop.wire.DnsClient;
import net.homeport.interop.wire.Packet;

/** TCP clients that are slow, silent, deaf, or simply too many, from many addresses. */
final class RudeClients implements AutoCloseable {
  private static final int SLOW = 50;
  private static final int SILENT = 100;
  private static final int DEAF = 20;
  private static final int IDLE = 1200;
  private static final int QUERIES_OF_THE_DEAF = 50;
  private static final int SMALL_BUFFER = 2048;

  /** Fewer than one client may have. */
  private static final int CONNECTIONS_PER_ADDRESS = 50;

  private final InetSocketAddress server;
  private final List<Socket> all = new ArrayList<>();
  private final List<Socket> slow = new ArrayList<>();
  private int opened;

  RudeClients(InetSocketAddress server) {
    this.server = server;
  }

  int opened() {
    return opened;
  }

  /** One of each kind after the other. */
  void openAll() throws IOException {
    byte[] query = DnsClient.Stream.framed(Packet.query("large.hostile.test TXT").octets());
    for (int i = 0; i < SLOW; i++) {
      Socket socket = open();
      slow.add(socket);
      send(socket, new byte[] {0});
    }
    openIdle(SILENT);
    for (int i = 0; i < DEAF; i++) {
      Socket socket = open();
      for (int j = 0; j < QUERIES_OF_THE_DEAF; j++) {
        send(socket, query);
      }
    }
    openIdle(IDLE);
  }

  /** Clients that connect and say nothing. */
  void openIdle(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      open();
    }
  }

  /** The slow ones send their next octet. */
  void goOn() {
    slow.forEach(socket -> send(socket, new byte[] {29}));
  }

  private Socket open() throws IOException {
    var socket = new Socket();
    all.add(socket);
    socket.setReceiveBufferSize(SMALL_BUFFER);
    int number = 1 + opened / CONNECTIONS_PER_ADDRESS;
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + number), 0));
    try {
      socket.connect(server, 2000);
    } catch (java.net.SocketTimeoutException | java.net.ConnectException _) {
      // No more are let in: as good a way as any.
    }
    opened++;
    return socket;
  }

  private static void send(Socket socket, byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
    } catch (IOException _) {
      // The server may hang up on the rude.
    }
  }

  /** All hang up. */
  void leave() throws IOException {
    for (Socket socket : all) {
      socket.close();
    }
    all.clear();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
