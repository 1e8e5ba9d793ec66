package net.homeport.nameserver.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.ListenException;
import net.homeport.nameserver.socket.ListenFailure;
import net.homeport.nameserver.socket.PortInUseException;
import net.homeport.nameserver.socket.Transport;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.tcp.TcpListener;
import net.homeport.nameserver.udp.DatagramHandler;
import net.homeport.nameserver.udp.UdpListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsListenersTest {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  private static final DatagramHandler ECHO = (_, _, length, _, _, _) -> length;

  @Test
  void servesBothOnOnePort() throws IOException {
    try (DnsListeners listeners = open(ANY_PORT)) {
      InetSocketAddress address = listeners.localAddress();
      assertThat(listeners.tcp().localAddress()).isEqualTo(address);

      byte[] query = "twelve octets".getBytes(StandardCharsets.US_ASCII);
      try (DatagramSocket client = new DatagramSocket()) {
        client.setSoTimeout(PATIENCE_MILLIS);
        client.send(new DatagramPacket(query, query.length, address));
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        assertThat(answer.getLength()).isEqualTo(query.length);
      }
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.setSoTimeout(PATIENCE_MILLIS);
        DataOutputStream output = new DataOutputStream(client.getOutputStream());
        output.writeShort(query.length);
        output.write(query);
        assertThat(new DataInputStream(client.getInputStream()).readUnsignedShort())
            .isEqualTo(query.length);
      }
    }
  }

  @Test
  void triesAnotherPortIfTheFirstIsFreeForUdpOnly() {
    List<InetSocketAddress> tried = new ArrayList<>();
    try (DnsListeners listeners =
        DnsListeners.open(
            ANY_PORT,
            DnsListenersTest::openUdp,
            address -> {
              tried.add(address);
              if (tried.size() < 4) {
                throw inUse(address);
              }
              return openTcp(address);
            })) {
      assertThat(tried).hasSize(4);
      assertThat(listeners.localAddress()).isEqualTo(tried.getLast());
    }
  }

  @Test
  void givesUpInTheEnd() {
    List<InetSocketAddress> tried = new ArrayList<>();

    assertThatThrownBy(() ->
            DnsListeners.open(
                ANY_PORT,
                DnsListenersTest::openUdp,
                address -> {
                  tried.add(address);
                  throw inUse(address);
                }))
        .isInstanceOf(PortInUseException.class);
    assertThat(tried).hasSize(16);
  }

  @Test
  void aChosenPortWhichTcpCannotHaveIsFreedForUdp() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(ANY_PORT);
      InetSocketAddress taken = new InetSocketAddress(ANY_PORT.getAddress(), other.getLocalPort());

      assertThatThrownBy(() -> open(taken))
          .isInstanceOf(PortInUseException.class)
          .hasMessageStartingWith("TCP " + Endpoint.text(taken) + " is in use by ");

      openUdp(taken).close();
    }
  }

  private static ListenException inUse(InetSocketAddress address) {
    return ListenFailure.IN_USE.toException(
        new Endpoint(Transport.TCP, address), new BindException("Address already in use"));
  }

  private static DnsListeners open(InetSocketAddress address) {
    return DnsListeners.open(
        address, 2, () -> ECHO, (request, _) -> Reply.now(request), TcpLimits.DEFAULTS);
  }

  private static UdpListener openUdp(InetSocketAddress address) {
    return UdpListener.open(address, 1, () -> ECHO);
  }

  private static TcpListener openTcp(InetSocketAddress address) {
    return TcpListener.open(address, (request, _) -> Reply.now(request), TcpLimits.DEFAULTS);
  }
}
