package net.homeport.app.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.HistoryModel.ChangeView;
import net.homeport.web.api.HistoryModel.HistoryList;
import net.homeport.web.api.HistoryModel.PastView;
import net.homeport.web.api.HistoryModel.RejectedList;
import net.homeport.web.api.HistoryModel.RejectedView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport history}. */
@Command(
    name = "history",
    description = {
      "Tells who changed what from what to what, when, from where, and who was rejected.",
      "With --at it tells what was answered for a name at a time."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport history branch1.dyn.example.org",
      "  ./homeport history branch1.dyn.example.org --at '2026-11-20 14:03'",
      "  ./homeport history --zone dyn.example.org --since 'yesterday 08:00'",
      "  ./homeport history --rejected --since '2h ago' --json",
    })
final class HistoryCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Only this name (default: all names).")
  private @Nullable String name;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Only names of this zone.")
  private @Nullable String zone;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Nothing before this time: " + TimeText.FORMS + ".")
  private @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "At most so many lines, the newest (default: 100).")
  private @Nullable Integer limit;

  @Option(names = "--rejected", description = "The attempts that were rejected, instead.")
  private boolean rejected;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "What was answered for NAME at this time.")
  private @Nullable String at;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    String resource = resource(now);
    try (var server = options.connect()) {
      String answer = server.get(resource);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else if (at != null) {
        print(out, ServerOptions.read(answer, PastView.class), now);
      } else if (rejected) {
        print(out, ServerOptions.read(answer, RejectedList.class), now);
      } else {
        print(out, ServerOptions.read(answer, HistoryList.class).changes(), now);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  private String resource(ZonedDateTime now) throws ConfigurationException {
    if (at != null) {
      if (name == null) {
        throw new ConfigurationException(
            "--at: say of which name: homeport history NAME --at TIME");
      }
      Instant time = TimeText.parse("--at", at, now);
      return "history/" + ServerConnection.segment(name) + "/at?at=" + time;
    }
    var query = new StringJoiner("&", "history?", "");
    query.add("rejected=" + rejected);
    add(query, "name", name);
    add(query, "zone", zone);
    add(query, "since", since == null ? null : TimeText.parse("--since", since, now).toString());
    add(query, "limit", limit == null ? null : limit.toString());
    return query.toString();
  }

  static void add(StringJoiner query, String parameter, @Nullable String value) {
    if (value != null) {
      query.add(parameter + "=" + ServerConnection.segment(value));
    }
  }

  private static void print(PrintWriter out, List<ChangeView> changes, ZonedDateTime now) {
    if (changes.isEmpty()) {
      out.println("No changes.");
      return;
    }
    for (ChangeView change : changes) {
      out.printf(
          "%s  serial %d  %s%n", TimeText.local(change.at(), now), change.serial(), what(change));
      out.printf(
          "    by %s through %s%s%s%n",
          change.actor(),
          change.frontDoor(),
          change.source() == null ? "" : " from " + change.source(),
          change.rule().isEmpty() ? "" : " (" + change.rule() + ")");
    }
  }

  private static String what(ChangeView change) {
    return change.type() == null
        ? "%s %s".formatted(change.what(), change.zone())
        : "%s %s: %s -> %s"
            .formatted(change.name(), change.type(), data(change.before()), data(change.after()));
  }

  private static String data(List<String> records) {
    return records.isEmpty() ? "none" : String.join(" | ", records);
  }

  private static void print(PrintWriter out, RejectedList list, ZonedDateTime now) {
    if (list.rejected().isEmpty()) {
      out.println("No rejected attempts.");
    }
    for (RejectedView attempt : list.rejected()) {
      out.printf(
          "%s  %s wanted %s for %s through %s%s: %s%n",
          TimeText.local(attempt.at(), now),
          attempt.who().isEmpty() ? "nobody" : attempt.who(),
          attempt.wanted().isEmpty() ? "nothing" : attempt.wanted(),
          attempt.names().isEmpty() ? "no name" : String.join(" ", attempt.names()),
          attempt.frontDoor(),
          attempt.source() == null ? "" : " from " + attempt.source(),
          attempt.why());
    }
    if (list.dropped() > 0) {
      out.printf(
          "%d more since the server's start were not kept: there were too many.%n", list.dropped());
    }
  }

  private static void print(PrintWriter out, PastView past, ZonedDateTime now) {
    out.printf(
        "%s at %s (zone %s, serial %d): %s%n",
        past.name(), TimeText.local(past.at(), now), past.zone(), past.serial(), how(past));
    past.records().forEach(record -> out.println("  " + record));
  }

  private static String how(PastView past) {
    return switch (past.how()) {
      case "records" -> "these records";
      case "wildcard" -> "no such name; the wildcard " + past.owner() + " answered for it";
      case "delegation" -> "delegated at " + past.owner() + " to these name servers";
      case "redirection" -> "redirected by the DNAME at " + past.owner();
      case "empty" -> "no records of its own, but names below it (NODATA)";
      default -> "no such name (NXDOMAIN)";
    };
  }
}
