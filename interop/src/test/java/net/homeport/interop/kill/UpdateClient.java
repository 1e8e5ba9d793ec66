package net.homeport.interop.kill;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A device with several hosts: updates one after the other over one connection until the server
 * dies. On a plain socket, so that two processors can do more than run the clients.
 */
final class UpdateClient {
  private static final int PATIENCE_MILLIS = 30_000;

  private final String authorization;
  private final List<HostLedger> hosts;
  private int next;
  private int acknowledged;
  private int refused;

  UpdateClient(String username, String password, List<HostLedger> hosts) {
    byte[] login = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.authorization = Base64.getEncoder().encodeToString(login);
    this.hosts = List.copyOf(hosts);
  }

  /** Number of updates that the server answered with {@code good}. */
  int acknowledged() {
    return acknowledged;
  }

  /** Number of updates that the server answered with anything else. */
  int refused() {
    return refused;
  }

  List<HostLedger> hosts() {
    return hosts;
  }

  /** The IPv4 address that carries this number. */
  static String ipv4(int number) {
    return "10.%d.%d.%d".formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
  }

  /** The IPv6 address that carries this number. */
  static String ipv6(int number) {
    return "fd00::%x:%x".formatted(number >> 16 & 0xFF, number & 0xFFFF);
  }

  /** Updates until the connection breaks. */
  void updateUntilTheEnd(InetSocketAddress web) {
    try (var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(web);
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        HostLedger host = hosts.get(next++ % hosts.size());
        int number = host.send();
        socket.getOutputStream().write(request(host.host(), number));
        if (answer(in).startsWith("good ")) {
          host.acknowledge();
          acknowledged++;
        } else {
          refused++;
        }
      }
    } catch (IOException _) {
      // The server was killed; the update on its way may or may not have been kept.
    }
  }

  private byte[] request(String host, int number) {
    return """
    GET /nic/update?hostname=%s&myip=%s,%s HTTP/1.1\r
    Host: homeport\r
    Authorization: Basic %s\r
    \r
    """
        .formatted(host, ipv4(number), ipv6(number), authorization)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The body of the next answer. */
  private static String answer(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("in the middle of an answer");
    }
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the server hung up");
      }
      line.append((char) octet);
    }
    return line.toString().strip();
  }
}
