package net.homeport.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import net.homeport.app.assembly.RunningServer;
import net.homeport.app.config.ServeSettings;
import net.homeport.web.api.ApiModel.HostAdded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two organisations by the command line: what their people may, and may no more. */
final class AccountCommandsTest {
  private static final String ZONE = "dyn.example.org";
  private static final String NORTH_HOST = "gw.north.dyn.example.org";
  private static final String SOUTH_HOST = "nas.south.dyn.example.org";

  @TempDir private Path folder = Path.of("");

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder.resolve("data"), arguments);
  }

  private String done(String... arguments) {
    CommandRun run = run(arguments);
    assertThat(run.exit).as("%s: %s", String.join(" ", arguments), run.err).isZero();
    return run.out;
  }

  /** A person, with the token that is in the file of that name. */
  private CommandRun by(String token, String... arguments) {
    return run(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--token-file", folder.resolve(token).toString()))
            .toArray(String[]::new));
  }

  /** Makes a token and puts its secret into the file of that name; returns its number. */
  private String token(String file, String person, String... limits) throws Exception {
    String out =
        done(
            Stream.concat(
                    Stream.of("person", "token", person, "--label", file), Arrays.stream(limits))
                .toArray(String[]::new));
    Files.writeString(
        folder.resolve(file),
        out.replaceAll("(?s).*\n  secret +(\\S+) +\\(shown this once\\).*", "$1") + "\n");
    return out.replaceAll("(?s)Token (\\d+) " + file + " .*", "$1");
  }

  private RunningServer server() throws Exception {
    return RunningServer.start(ServeSettings.onFreePorts(folder.resolve("data")));
  }

  private void person(String name, String account, String role) throws Exception {
    Path password = Files.writeString(folder.resolve(name + ".password"), "a password of " + name);
    assertThat(done("person", "add", name, "--password-file", password.toString()))
        .contains(name, "password  set");
    assertThat(done("account", "member", account, name, "--role", role))
        .contains("member    " + name + ", " + role);
    token(name, name);
  }

  /** Two accounts, each with names, people and a host that one of these added. */
  private void organisations() throws Exception {
    done("zone", "add", ZONE);
    for (String account : new String[] {"north", "south"}) {
      done("account", "add", account, "--hosts-max", "3");
      assertThat(done("account", "grant", account, account + "." + ZONE))
          .contains("names     " + account + "." + ZONE);
    }
    person("ann", "north", "owner");
    person("ben", "north", "viewer");
    person("sue", "south", "operator");
    assertThat(by("ann", "host", "add", NORTH_HOST).exit).isZero();
    assertThat(by("sue", "host", "add", SOUTH_HOST).exit).isZero();
  }

  private static String update(RunningServer server, HostAdded device, String address)
      throws Exception {
    byte[] login = (device.username() + ":" + device.password()).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.webUrls().getFirst())
                    .resolve("/nic/update?hostname=" + device.host() + "&myip=" + address))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
    }
  }

  private static void refused(CommandRun run, String why) {
    assertThat(run.exit).isEqualTo(ExitCode.FAILED);
    assertThat(run.err).contains(why);
    assertThat(run.out).isEmpty();
  }

  @Test
  void membersDoWhatTheirRolesAllowInTheirOwnAccount() throws Exception {
    try (var _ = server()) {
      organisations();
      assertThat(by("ben", "host", "list").out).contains(NORTH_HOST).doesNotContain(SOUTH_HOST);
      assertThat(by("sue", "host", "list").out).contains(SOUTH_HOST).doesNotContain(NORTH_HOST);
      assertThat(by("ben", "host", "show", NORTH_HOST).out).contains("account    north");
      refused(by("ben", "host", "show", SOUTH_HOST), "no host '" + SOUTH_HOST + "'");
      refused(by("ben", "host", "remove", NORTH_HOST), "needs the role operator");
      refused(by("sue", "host", "remove", NORTH_HOST), "no host '" + NORTH_HOST + "'");
      refused(by("sue", "host", "add", "x.north." + ZONE), "may have no host");
      refused(by("ann", "zone", "list"), "for the administrator of the server alone");
      refused(by("ben", "account", "member", "north", "sue", "--role", "viewer"), "needs the role");
      assertThat(by("ann", "account", "member", "north", "ben", "--role", "operator").out)
          .contains("member    ben, operator");
      assertThat(by("ben", "host", "add", "cam.north." + ZONE).exit).isZero();
      assertThat(by("ben", "host", "add", "tv.north." + ZONE).exit).isZero();
      assertThat(by("ben", "host", "add", "pc.north." + ZONE).err).contains("3");
      assertThat(by("ann", "account", "remove-member", "north", "ben").out)
          .contains("member    ann, owner")
          .doesNotContain("ben");
      refused(by("ben", "host", "show", NORTH_HOST), "no host");
      assertThat(by("ben", "host", "list").out).doesNotContain(NORTH_HOST);
      refused(by("ben", "account", "show", "north"), "there is no account 'north'");
      assertThat(done("person", "show", "ben")).doesNotContain("north");
    }
  }

  @Test
  void aSuspendedAccountsPeopleMayNothingAndItsDevicesGoOn() throws Exception {
    HostAdded device;
    try (var server = server()) {
      organisations();
      device =
          ServerOptions.read(
              by("ann", "host", "add", "cam.north." + ZONE, "--json").out, HostAdded.class);
      assertThat(update(server, device, "192.0.2.1")).isEqualTo("good 192.0.2.1");
      assertThat(done("account", "suspend", "north")).contains("north  (suspended)");
      refused(by("ann", "host", "show", NORTH_HOST), "no host");
      refused(by("ann", "host", "add", "tv.north." + ZONE, "--account", "north"), "no account");
      refused(by("ann", "account", "show", "north"), "there is no account 'north'");
      refused(by("ann", "credential", "rotate", NORTH_HOST), "no credential");
      assertThat(by("sue", "host", "list").out).contains(SOUTH_HOST);
      assertThat(update(server, device, "192.0.2.2")).isEqualTo("good 192.0.2.2");
    }
    try (var server = server()) {
      refused(by("ann", "host", "show", NORTH_HOST), "no host");
      assertThat(update(server, device, "192.0.2.3")).isEqualTo("good 192.0.2.3");
      assertThat(done("account", "resume", "north")).doesNotContain("suspended");
      assertThat(by("ann", "host", "show", NORTH_HOST).out).contains("account    north");
    }
  }

  @Test
  void aDisabledPersonAndARemovedTokenAreNobody() throws Exception {
    try (var _ = server()) {
      organisations();
      String laptop = token("laptop", "ann", "--role", "viewer", "--days", "90");
      String phone = token("phone", "ann", "--account", "north");
      assertThat(by("laptop", "host", "list").out).contains(NORTH_HOST);
      refused(by("laptop", "host", "remove", NORTH_HOST), "a token may be limited to less");
      assertThat(done("person", "show", "ann"))
          .containsPattern("token +" + laptop + " laptop at most viewer until 20")
          .containsPattern("token +" + phone + " phone at most owner of north");
      refused(by("laptop", "person", "token", "ann"), "a token may not");
      refused(by("laptop", "person", "remove-token", "ann", phone), "removes itself only");
      assertThat(by("ann", "person", "remove-token", "ann", laptop).out)
          .isEqualTo("Token %s removed.%n".formatted(laptop));
      refused(by("laptop", "host", "list"), "Authorization: Bearer TOKEN");
      assertThat(by("phone", "host", "list").out).contains(NORTH_HOST);
      assertThat(done("person", "disable", "ann")).contains("ann  (disabled)");
      for (String token : new String[] {"ann", "phone"}) {
        refused(by(token, "host", "list"), "Authorization: Bearer TOKEN");
      }
      assertThat(by("ben", "host", "list").out).contains(NORTH_HOST);
    }
    try (var _ = server()) {
      refused(by("phone", "host", "list"), "Authorization: Bearer TOKEN");
      assertThat(done("person", "enable", "ann")).doesNotContain("disabled");
      assertThat(by("phone", "host", "list").out).contains(NORTH_HOST);
      refused(by("laptop", "host", "list"), "Authorization: Bearer TOKEN");
    }
  }

  @Test
  void labelsFindHostsThatOneMaySee() throws Exception {
    try (var _ = server()) {
      organisations();
      assertThat(by("ann", "host", "label", NORTH_HOST, "device=router", "place=hall").out)
          .contains("label      device=router", "label      place=hall");
      assertThat(by("sue", "host", "label", SOUTH_HOST, "device=router").exit).isZero();
      refused(by("ben", "host", "label", NORTH_HOST, "device=none"), "needs the role operator");
      refused(by("sue", "host", "label", NORTH_HOST, "device=none"), "no host");
    }
    try (var _ = server()) {
      for (String label : new String[] {"device", "device=router"}) {
        assertThat(done("host", "list", "--label", label)).contains(NORTH_HOST, SOUTH_HOST);
        assertThat(by("ben", "host", "list", "--label", label).out)
            .contains(NORTH_HOST)
            .doesNotContain(SOUTH_HOST);
      }
      assertThat(done("host", "list", "--label", "place=hall", "--limit", "1"))
          .contains(NORTH_HOST)
          .doesNotContain(SOUTH_HOST);
      for (String label : new String[] {"device=camera", "place=", "colour"}) {
        assertThat(done("host", "list", "--label", label)).doesNotContain(NORTH_HOST, SOUTH_HOST);
      }
      assertThat(by("ann", "host", "label", NORTH_HOST, "place=").out)
          .contains("device=router")
          .doesNotContain("place=");
      assertThat(done("host", "list", "--label", "place")).doesNotContain(NORTH_HOST);
    }
  }

  /** A site of the administrator's may have hosts of several accounts. */
  @Test
  void anExplanationShowsAMemberNoChangesOfOthersHosts() throws Exception {
    try (var server = server()) {
      organisations();
      HostAdded camera =
          ServerOptions.read(
              by("ann", "host", "add", "cam.north." + ZONE, "--json").out, HostAdded.class);
      done("site", "add", "office");
      done("site", "source", "office", "wan4", "--reporter", camera.host());
      done("site", "host", "office", NORTH_HOST, "--ipv4", "wan4");
      done("site", "host", "office", SOUTH_HOST, "--ipv4", "wan4");
      String[] question = {"explain", "request", "--host", camera.host(), "--ip", "192.0.2.9"};
      String own = "changes   %s A -> 192.0.2.9".formatted(camera.host());
      String follower = "changes   %s A -> 192.0.2.9".formatted(NORTH_HOST);
      assertThat(run(question).out)
          .contains(own, follower, "changes   %s A -> 192.0.2.9".formatted(SOUTH_HOST));
      CommandRun seen = by("ben", question);
      assertThat(seen.out).contains("updated: it would be made", own, follower);
      assertThat(seen.out).doesNotContain(SOUTH_HOST);
      assertThat(update(server, camera, "192.0.2.9")).isEqualTo("good 192.0.2.9");
    }
  }
}
