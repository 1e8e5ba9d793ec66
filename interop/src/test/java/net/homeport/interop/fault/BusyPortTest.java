package net.homeport.interop.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that another program holds: which one, who, and what to do. */
final class BusyPortTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  /** The holder is this very process, so the message must name it. */
  private static void explains(Result result, int port, String flag) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("homeport: ")
        .contains("127.0.0.1:" + port)
        .contains("in use by")
        .contains("process " + ProcessHandle.current().pid())
        .contains(flag)
        .doesNotContain("\tat ");
  }

  @Test
  void dnsByUdp() throws IOException {
    try (var holder = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      int port = holder.getLocalPort();
      Result result =
          HomeportProcess.on(folder.resolve("data")).dns("127.0.0.1:" + port).startInVain();
      explains(result, port, "--dns");
    }
  }

  @Test
  void dnsByTcp() throws IOException {
    try (var holder = new ServerSocket(0, 1, LOOPBACK)) {
      int port = holder.getLocalPort();
      Result result =
          HomeportProcess.on(folder.resolve("data")).dns("127.0.0.1:" + port).startInVain();
      explains(result, port, "--dns");
    }
  }

  @Test
  void web() throws IOException {
    try (var holder = new ServerSocket(0, 1, LOOPBACK)) {
      int port = holder.getLocalPort();
      Result result =
          HomeportProcess.on(folder.resolve("data")).web("127.0.0.1:" + port).startInVain();
      explains(result, port, "--web");
      assertThat(Files.exists(folder.resolve("data/running.json")))
          .as("no note of a server that does not run")
          .isFalse();
    }
  }

  @Test
  void anAddressOfAnotherMachine() {
    Result result = HomeportProcess.on(folder.resolve("data")).dns("192.0.2.77:0").startInVain();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("192.0.2.77").contains("127.0.0.1").doesNotContain("\tat ");
  }
}
