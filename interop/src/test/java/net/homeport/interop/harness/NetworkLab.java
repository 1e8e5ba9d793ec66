package net.homeport.interop.harness;

import static net.homeport.interop.harness.Commands.joined;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Two network namespaces joined by one cable: the server's and the client's, whose address changes
 * as if its provider gave it a new one. Nothing leaves them, so they use addresses that clients
 * take for public ones, which private and documentation addresses are not.
 */
public final class NetworkLab implements AutoCloseable {
  /** The server's addresses. */
  public static final String SERVER = "11.22.33.1";

  /** The server's addresses. */
  public static final String SERVER_6 = "2a0b:1122::1";

  /** The client's interface. */
  public static final String INTERFACE = "wan";

  private final String serverSide;
  private final String clientSide;
  private final Thread cleanup;
  private List<String> addresses = new ArrayList<>();

  private NetworkLab(String serverSide, String clientSide) {
    this.serverSide = serverSide;
    this.clientSide = clientSide;
    // For an interrupted run: a namespace outlives its maker.
    this.cleanup = Thread.ofPlatform().unstarted(this::remove);
  }

  /** Makes the namespaces; the client has no address yet. */
  public static NetworkLab create() {
    Root.require();
    String id = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    var lab = new NetworkLab("homeport-s-" + id, "homeport-c-" + id);
    Runtime.getRuntime().addShutdownHook(lab.cleanup);
    try {
      lab.build();
      return lab;
    } catch (RuntimeException | AssertionError e) {
      lab.close();
      throw e;
    }
  }

  private void build() {
    ip("netns", "add", serverSide);
    ip("netns", "add", clientSide);
    ip("-n", serverSide, "link", "set", "lo", "up");
    ip("-n", clientSide, "link", "set", "lo", "up");
    ip(
        "-n",
        serverSide,
        "link",
        "add",
        "lan",
        "type",
        "veth",
        "peer",
        "name",
        INTERFACE,
        "netns",
        clientSide);
    ip("-n", serverSide, "link", "set", "lan", "up");
    ip("-n", clientSide, "link", "set", INTERFACE, "up");
    ip("-n", serverSide, "addr", "add", SERVER + "/24", "dev", "lan");
    ip("-n", serverSide, "addr", "add", SERVER_6 + "/64", "dev", "lan", "nodad");
  }

  private static void ip(String... arguments) {
    Commands.run(joined(List.of("ip"), arguments)).succeeded();
  }

  /** Gives the client these addresses with prefix lengths, in place of those it had. */
  public void moveClient(String... newAddresses) {
    for (String address : addresses) {
      ip("-n", clientSide, "addr", "del", address, "dev", INTERFACE);
    }
    for (String address : newAddresses) {
      var command =
          new ArrayList<>(
              List.of("ip", "-n", clientSide, "addr", "add", address, "dev", INTERFACE));
      if (address.contains(":")) {
        command.add("nodad");
      }
      Commands.run(command).succeeded();
    }
    addresses = List.of(newAddresses);
  }

  /** The command that runs another where the server lives. */
  public List<String> atServer() {
    return List.of("ip", "netns", "exec", serverSide);
  }

  /** The command that runs another where the client lives. */
  public List<String> atClient() {
    return List.of("ip", "netns", "exec", clientSide);
  }

  /** What the task returns, run where the client lives: sockets that it opens are the client's. */
  public <T> T inClient(Callable<T> task) {
    return Namespace.call(clientSide, task);
  }

  /** A server in its namespace, on free ports of {@link #SERVER}. */
  public HomeportProcess.Builder server(Path data) {
    return HomeportProcess.on(data).by(atServer()).dns(SERVER + ":0").web(SERVER + ":0");
  }

  /** What DNS answers, asked from the client's side. */
  public List<String> resolve(HomeportProcess server, String name, String type) {
    return Commands.run(
            joined(
                atClient(),
                "dig",
                "@" + SERVER,
                "-p",
                Integer.toString(server.dnsPort()),
                name,
                type,
                "+short",
                "+time=2",
                "+tries=2"))
        .succeeded()
        .out()
        .lines()
        .toList();
  }

  private void remove() {
    Commands.run("ip", "netns", "del", clientSide);
    Commands.run("ip", "netns", "del", serverSide);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(cleanup);
    remove();
  }
}
