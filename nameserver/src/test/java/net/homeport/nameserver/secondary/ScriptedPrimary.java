package net.homeport.nameserver.secondary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A primary that says over TCP what a test wants, and notes what it was asked. */
final class ScriptedPrimary implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Script script;

  /** What to send for a request; the connection is closed behind it. */
  @FunctionalInterface
  interface Script {
    List<byte[]> answer(Message query, byte[] octets);
  }

  ScriptedPrimary(Script script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::run);
  }

  Primary primary() {
    return new Primary(
        new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()),
        new Primary.Security.Clear());
  }

  void says(Script other) {
    script = other;
  }

  /** The types that were asked for so far. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  static byte[] message(Message query, Record... records) {
    var message = new Message(query.getHeader().getID());
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(query.getQuestion(), Section.QUESTION);
    for (Record record : records) {
      message.addRecord(record, Section.ANSWER);
    }
    return message.toWire(65_535);
  }

  private void run() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      byte[] request = new byte[in.readUnsignedShort()];
      in.readFully(request);
      var query = new Message(request);
      asked.add(Type.string(query.getQuestion().getType()));
      for (byte[] answer : script.answer(query, request)) {
        out.writeShort(answer.length);
        out.write(answer);
      }
    } catch (EOFException _) {
      // It went away.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
