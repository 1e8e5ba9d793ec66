package net.homeport.interop.requestor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.Commands.Result;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.ZoneUpload;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server with the zone dyn.test, and a folder where the requestor's files lie. */
final class Lab implements AutoCloseable {
  private static final String ZONE =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 3600 600 86400 60
      @ NS ns1
      ns1 A 192.0.2.53
      www A 192.0.2.80
      """;

  private final Path folder;
  private final HomeportProcess server;

  private Lab(Path folder, HomeportProcess server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts a server with more flags, perhaps. */
  static Lab start(Path folder, String... flags) {
    return startIn(Map.of(), folder, flags);
  }

  /** As {@link #start}, with more variables of the environment. */
  static Lab startIn(Map<String, String> environment, Path folder, String... flags) {
    var server =
        HomeportProcess.on(folder.resolve("data")).environment(environment).with(flags).start();
    var lab = new Lab(folder, server);
    lab.addZone("dyn.test", ZONE);
    return lab;
  }

  HomeportProcess server() {
    return server;
  }

  int port() {
    return server.dnsPort();
  }

  void addZone(String zone, String text) {
    try (var upload = new ZoneUpload(server)) {
      upload.add(zone, text);
    }
  }

  /** Adds a TSIG key. */
  KeyRecipes addKey(String name, String... flags) {
    var words = new ArrayList<>(List.of("key", "add", name));
    words.addAll(List.of(flags));
    Result result = server.command(words.toArray(String[]::new)).succeeded();
    return KeyRecipes.of(name, result.out());
  }

  /** A key that may change all of dyn.test but its apex. */
  KeyRecipes addUsualKey(String name) {
    return addKey(name, "--zone", "dyn.test", "--subtree", "dyn.test");
  }

  /** Writes the key file of BIND's tools, as printed; returns the option that names it. */
  List<String> keyFile(KeyRecipes key) {
    return List.of("-k", secretFile(key.name() + ".key", key.block("BIND, key file")).toString());
  }

  /** A file that only its owner reads. */
  Path secretFile(String name, String text) {
    Path file = file(name, text);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program where the files lie. */
  Result run(List<String> command) {
    return Commands.in(folder, command);
  }

  /** Copies lines into a shell, as a person does. */
  Result shell(String lines) {
    return run(List.of("sh", "-c", lines));
  }

  /** {@code nsupdate} with these options, and these lines between server and send. */
  Result nsupdate(List<String> options, String... lines) {
    return nsupdate(List.of(), options, lines);
  }

  /** As {@link #nsupdate(List, String...)}, by a command such as {@code env}. */
  Result nsupdate(List<String> by, List<String> options, String... lines) {
    String text =
        "server 127.0.0.1 %d\nzone dyn.test\n%s\nsend\nanswer\n"
            .formatted(port(), String.join("\n", lines));
    var command = new ArrayList<>(by);
    command.addAll(List.of("nsupdate", "-t", "10"));
    command.addAll(options);
    command.add(file("update.txt", text).toString());
    return run(command);
  }

  /** The RCODE that nsupdate's {@code answer} showed. */
  static String status(Result result) {
    return result
        .output()
        .lines()
        .filter(line -> line.startsWith(";; ->>HEADER<<- opcode: UPDATE"))
        .map(line -> line.replaceFirst(".*status: (\\w+),.*", "$1"))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("no answer: " + result));
  }

  /** The data of a name's records of a type, sorted. */
  List<String> data(String name, String type) {
    Message answer = server.dns().ask(name, Type.value(type, true), true);
    return answer.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == Type.value(type, true))
        .map(Record::rdataToString)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
