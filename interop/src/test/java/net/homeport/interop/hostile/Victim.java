package net.homeport.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.ZoneUpload;

/** A server with the zone that the hostile messages are about. */
final class Victim implements AutoCloseable {
  private static final int LOG_LINES_MAX = 200;
  private static final int SAME_LINE_MAX = 10;
  private static final String ZONE =
      """
      $TTL 60
      @ IN SOA ns1 hostmaster 1 7200 3600 1209600 60
      @ IN NS ns1
      ns1 IN A 192.0.2.1
      www IN A 192.0.2.80
      *.wild IN TXT "wild"
      alias IN CNAME www
      dname IN DNAME wild
      cut IN NS ns.cut
      ns.cut IN A 192.0.2.2
      """;

  private final HomeportProcess server;

  Victim(Path data) {
    server = HomeportProcess.start(data);
    String large =
        IntStream.range(0, 200)
            .mapToObj(i -> "large IN TXT \"%03d%s\"%n".formatted(i, "x".repeat(200)))
            .collect(Collectors.joining());
    try (var upload = new ZoneUpload(server)) {
      upload.add("hostile.test", ZONE + large);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.dnsPort());
  }

  /** Resident memory in kilobytes. */
  long residentKilobytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  /** Open file descriptors. */
  int descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      return (int) open.count();
    }
  }

  /** Limits the number of file descriptors; returns how many were allowed before. */
  String limitDescriptors(String softLimit) {
    String pid = Long.toString(server.pid());
    String before =
        Commands.run("prlimit", "--pid", pid, "--nofile", "--output", "SOFT", "--noheadings")
            .succeeded()
            .out()
            .strip();
    Commands.run("prlimit", "--pid", pid, "--nofile=" + softLimit + ":").succeeded();
    return before;
  }

  /** It runs, and its log says each thing a few times at most, without stack traces. */
  void assertUnmoved() {
    assertThat(server.isAlive()).as(server.output()).isTrue();
    List<String> lines = server.output().lines().toList();
    assertThat(lines).as("lines of the log").hasSizeLessThan(LOG_LINES_MAX);
    assertThat(lines).as("stack traces").noneMatch(line -> line.startsWith("\tat "));
    lines.stream()
        // Times and numbers are not what makes a message.
        .collect(Collectors.groupingBy(line -> line.replaceAll("\\d+", "#"), Collectors.counting()))
        .forEach((line, count) -> assertThat(count).as(line).isLessThanOrEqualTo(SAME_LINE_MAX));
  }

  @Override
  public void close() {
    server.close();
  }
}
