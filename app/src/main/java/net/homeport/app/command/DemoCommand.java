package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.assembly.StartException;
import net.homeport.app.config.ServeSettings;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.HostAdded;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.NewZone;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code homeport demo}: the whole story in one terminal. */
@Command(
    name = "demo",
    description = {
      "Tells the whole story in half a minute: a server in a temporary folder, a host whose address",
      "changes every few seconds, real updates over HTTP and real queries over DNS."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport demo")
final class DemoCommand implements Callable<Integer> {
  private static final String ZONE = "dyn.example.org";
  private static final String HOST = "branch1.dyn.example.org";

  @Option(
      names = "--moves",
      paramLabel = "N",
      description = "How often the address changes (default: ${DEFAULT-VALUE}).")
  private int moves = 8;

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      description = "Time between two changes (default: ${DEFAULT-VALUE}).")
  private int pause = 3;

  @Option(names = "--json", description = "Print one JSON object a step, for programs.")
  private boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Integer call() throws IOException, StartException, RemoteException, InterruptedException {
    Path folder = Files.createTempDirectory("homeport-demo");
    try {
      tell(folder);
      return ExitCode.DONE;
    } finally {
      http.close();
      delete(folder);
    }
  }

  private void tell(Path folder)
      throws IOException, StartException, RemoteException, InterruptedException {
    var settings = ServeSettings.onFreePorts(folder);
    long start = System.nanoTime();
    try (var server = RunningServer.start(settings)) {
      URI web = URI.create(server.webUrls().getFirst());
      String dns = server.dnsAddresses().getFirst();
      say("server", start, "serves DNS on " + dns + " and the web on " + web);

      HostAdded host;
      try (var connection = ServerConnection.open(folder, null, null)) {
        long added = System.nanoTime();
        connection.post("zones", new NewZone(ZONE, null));
        say("zone", added, ZONE + " added");
        added = System.nanoTime();
        host =
            ServerOptions.read(
                connection.post("hosts", new NewHost(HOST, null, null, null)), HostAdded.class);
        say("host", added, HOST + " added; its device gets a password of its own");
      }
      say("page", System.nanoTime(), "watch it live in a browser: " + web);

      String credentials = host.username() + ":" + host.password();
      for (int move = 1; move <= moves; move++) {
        Thread.sleep(Duration.ofSeconds(pause));
        move(web, dns, credentials, "203.0.113." + (move * 7 % 250 + 1));
      }
      refuse(web, host.username() + ":guess");
    }
    say("end", System.nanoTime(), "that was it; './homeport serve' starts a server that stays");
  }

  private void move(URI web, String dns, String credentials, String address)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    String words = update(web, credentials, address).body().strip();
    say("update", began, "the device moved, and was told: " + words);
    began = System.nanoTime();
    String answer = query(dns);
    say("query", began, HOST + " is at " + answer);
    if (!answer.equals(address)) {
      throw new IllegalStateException(
          "DNS answered %s after %s was acknowledged".formatted(answer, address));
    }
  }

  private void refuse(URI web, String credentials) throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<String> answer = update(web, credentials, "192.0.2.66");
    say(
        "guess",
        began,
        "somebody guessed a password, and was told: %s (status %d)"
            .formatted(answer.body().strip(), answer.statusCode()));
  }

  private HttpResponse<String> update(URI web, String credentials, String address)
      throws IOException, InterruptedException {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(web.resolve("/nic/update?hostname=" + HOST + "&myip=" + address))
            .header("Authorization", "Basic " + basic)
            .header("User-Agent", "Homeport-Demo")
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static String query(String dns) throws IOException {
    int colon = dns.lastIndexOf(':');
    var resolver = new SimpleResolver(dns.substring(0, colon));
    resolver.setPort(Integer.parseInt(dns.substring(colon + 1)));
    Name name = Name.fromString(HOST, Name.root);
    Message answer = resolver.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)));
    return answer.getSection(Section.ANSWER).stream()
        .filter(ARecord.class::isInstance)
        .map(record -> ((ARecord) record).getAddress().getHostAddress())
        .findFirst()
        .orElse("nothing");
  }

  private void say(String step, long began, String text) {
    double millis = (System.nanoTime() - began) / 1e6;
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.printf(
          "{\"step\":\"%s\",\"milliseconds\":%.2f,\"text\":\"%s\"}%n",
          step, millis, text.replace("\"", "'"));
    } else {
      out.printf("%8.2f ms  %-7s %s%n", millis, step, text);
    }
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
