package net.homeport.interop.kill;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

/**
 * A client of RFC 2136: each UPDATE replaces the addresses of two names at once, over one TCP
 * connection, until the server dies. The two names of its ledger are judged as one update.
 */
final class SignedUpdateClient {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int RCODE = 0xF;

  private final SignedUpdate message;
  private final String zone;
  private final String first;
  private final String second;
  private final HostLedger ledger;
  private int acknowledged;
  private int refused;

  SignedUpdateClient(SignedUpdate message, String zone, int number) {
    this.message = message;
    this.zone = zone;
    this.first = "u%d-a.%s".formatted(number, zone);
    this.second = "u%d-b.%s".formatted(number, zone);
    this.ledger = new HostLedger(first);
  }

  HostLedger ledger() {
    return ledger;
  }

  /** The first of the names of each update. */
  String first() {
    return first;
  }

  /** The other one. */
  String second() {
    return second;
  }

  /** Number of updates that were answered with NOERROR. */
  int acknowledged() {
    return acknowledged;
  }

  /** Number of updates that were answered with anything else. */
  int refused() {
    return refused;
  }

  /** Updates until the connection breaks, or until so many are acknowledged. */
  void update(InetSocketAddress server, int most) {
    try (var socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server);
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      for (int done = 0; done < most; done++) {
        int number = ledger.send();
        int id = number & 0xFFFF;
        byte[] address = InetAddress.ofLiteral(UpdateClient.ipv4(number)).getAddress();
        byte[] octets = message.replacing(id, zone, Map.of(first, address, second, address));
        byte[] framed = new byte[octets.length + 2];
        framed[0] = (byte) (octets.length >> 8);
        framed[1] = (byte) octets.length;
        System.arraycopy(octets, 0, framed, 2, octets.length);
        out.write(framed);
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        boolean ours = ((answer[0] & 0xFF) << 8 | (answer[1] & 0xFF)) == id;
        if (ours && (answer[3] & RCODE) == 0) {
          ledger.acknowledge();
          acknowledged++;
        } else {
          refused++;
        }
      }
    } catch (IOException _) {
      // The server was killed; the update on its way may or may not have been kept.
    }
  }
}
