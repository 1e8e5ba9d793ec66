package net.homeport.nameserver.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client which frames text, padded to the 12 octets a DNS message has at least. */
final class TcpClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  TcpClient(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server, PATIENCE_MILLIS);
  }

  /** The messages as they go over the wire. */
  static byte[] frames(String... messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String message : messages) {
      byte[] octets = pad(message).getBytes(US_ASCII);
      all.write(octets.length >> 8);
      all.write(octets.length);
      all.writeBytes(octets);
    }
    return all.toByteArray();
  }

  static String pad(String message) {
    return message + ".".repeat(Math.max(0, 12 - message.length()));
  }

  void send(byte[] octets) throws IOException {
    send(octets, 0, octets.length);
  }

  void send(byte[] octets, int from, int to) throws IOException {
    socket.getOutputStream().write(octets, from, to - from);
  }

  String receive() throws IOException {
    DataInputStream input = new DataInputStream(socket.getInputStream());
    return new String(input.readNBytes(input.readUnsignedShort()), US_ASCII);
  }

  String ask(String message) throws IOException {
    send(frames(message));
    return receive();
  }

  /** Whether the server ends the connection without another octet; waits for it. */
  boolean isClosedByServer() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (EOFException | SocketException e) {
      return true; // reset
    }
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
