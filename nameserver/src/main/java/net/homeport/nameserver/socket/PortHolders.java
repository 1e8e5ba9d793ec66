package net.homeport.nameserver.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the process which holds a port, from Linux's {@code /proc}: the tables of sockets in {@code
 * net/} give the inode of the socket, the links in {@code PID/fd/} tell who has it open. On other
 * systems, and when something is not readable, the answer is less precise; it never fails.
 */
final class PortHolders {

  private static final String LISTENING = "0A";

  private final Path proc;

  PortHolders(Path proc) {
    this.proc = proc;
  }

  static PortHolders ofThisMachine() {
    return new PortHolders(Path.of("/proc"));
  }

  /** A socket which stands in the way. */
  record Holder(long inode, String user) {}

  /** The holder in words which go after "in use by". */
  String describe(Endpoint wanted) {
    Holder holder = find(wanted);
    if (holder == null) {
      return "another program";
    }
    OptionalLong process = processOf(holder.inode());
    if (process.isEmpty()) {
      return "a process of another user (user id " + holder.user() + ")";
    }
    long id = process.getAsLong();
    String itself = id == ProcessHandle.current().pid() ? ", this very program" : "";
    return nameOf(id) + " (process " + id + itself + ")";
  }

  /** The first socket whose address and port overlap with the wanted ones. */
  @Nullable Holder find(Endpoint wanted) {
    List<String> tables =
        switch (wanted.transport()) {
          case UDP -> List.of("udp", "udp6");
          case TCP, DOT, HTTP, HTTPS, GNUDIP -> List.of("tcp", "tcp6");
        };
    for (String table : tables) {
      for (String line : lines(proc.resolve("net").resolve(table))) {
        Holder holder = holder(line, wanted);
        if (holder != null) {
          return holder;
        }
      }
    }
    return null;
  }

  /* A line: "sl: local remote state queues timer retransmits user timeout inode ...", with local as
   * ADDRESS:PORT in hexadecimal, the address in 32-bit groups of this machine's byte order. */
  private static @Nullable Holder holder(String line, Endpoint wanted) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < 10 || !fields[1].contains(":")) {
      return null; // the heading
    }
    if (wanted.transport() != Transport.UDP && !fields[3].equals(LISTENING)) {
      return null; // a connection does not keep others from listening
    }
    try {
      int colon = fields[1].indexOf(':');
      int port = Integer.parseInt(fields[1].substring(colon + 1), 16);
      InetAddress address = address(fields[1].substring(0, colon));
      boolean same =
          port == wanted.address().getPort() && overlap(address, wanted.address().getAddress());
      return same ? new Holder(Long.parseLong(fields[9]), fields[7]) : null;
    } catch (IllegalArgumentException | UnknownHostException e) {
      return null; // a kernel with another format: better no name than a wrong one
    }
  }

  private static boolean overlap(InetAddress held, InetAddress wanted) {
    return held.isAnyLocalAddress() || wanted.isAnyLocalAddress() || held.equals(wanted);
  }

  private static InetAddress address(String hexadecimal) throws UnknownHostException {
    byte[] octets = HexFormat.of().parseHex(hexadecimal);
    ByteBuffer asPrinted = ByteBuffer.wrap(octets);
    ByteBuffer inMemory = ByteBuffer.allocate(octets.length).order(ByteOrder.nativeOrder());
    while (asPrinted.remaining() >= Integer.BYTES) {
      inMemory.putInt(asPrinted.getInt());
    }
    return InetAddress.getByAddress(inMemory.array());
  }

  private OptionalLong processOf(long inode) {
    Path socket = Path.of("socket:[" + inode + "]");
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, socket)) {
          return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private static boolean holds(Path process, Path socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (linksTo(descriptor, socket)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false; // the process of another user, or one which has just ended
    }
    return false;
  }

  private static boolean linksTo(Path descriptor, Path target) {
    try {
      return Files.readSymbolicLink(descriptor).equals(target);
    } catch (IOException e) {
      return false; // closed since we listed it
    }
  }

  // Only the program's short name: a command line may hold secrets.
  private String nameOf(long process) {
    List<String> name = lines(proc.resolve(Long.toString(process)).resolve("comm"));
    return name.isEmpty() ? "a program" : name.getFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
