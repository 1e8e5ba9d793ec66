package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ApiModel.HostImported;
import net.homeport.web.api.ApiModel.HostsImported;
import net.homeport.web.api.ApiModel.NewHost;
import net.homeport.web.api.ApiModel.NewHosts;
import net.homeport.web.api.HostImportResource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport host import}. */
@Command(
    name = "import",
    description = {
      "Adds the hosts of a list: a line each, HOST[,TTL[,USERNAME[,ACCOUNT]]].",
      "All are tried first; if one cannot be added, none is. Hosts that are there already stay as they are, so an import that was cut off is just started again.",
      "A host without USERNAME gets a credential of its own; with the name of a host before it in the list, it shares that one's. The credentials are printed once, as HOST,USERNAME,PASSWORD."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport host import branches.csv --dry-run",
      "  ./homeport host import branches.csv --credentials branches-credentials.csv",
    })
final class HostImportCommand implements Callable<Integer> {
  private static final int PROBLEMS_SHOWN = 20;

  @Parameters(paramLabel = "FILE", description = "The list, UTF-8.")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Only tell what would become of it.")
  private boolean dryRun;

  @Option(
      names = "--force",
      description =
          "Add them although names are reserved or look like a brand, or there are too many hosts.")
  private boolean force;

  @Option(
      names = "--reclaim",
      description = "Add them although names were removed hosts' and are kept back.")
  private boolean reclaim;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "Write the credentials to this new file, readable by you only.")
  private @Nullable Path credentials;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    HostListFile list = HostListFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    try (var server = options.connect()) {
      List<HostImported> tried = each(server, list, true, _ -> {});
      List<String> problems = problems(list, tried);
      if (problems.isEmpty() && !dryRun) {
        return add(server, list, out);
      }
      if (options.json()) {
        out.print(ServerOptions.write(new HostsImported(false, tried)));
      } else {
        print(out, list, tried, problems);
      }
      out.flush();
      return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private Integer add(ServerConnection server, HostListFile list, PrintWriter out)
      throws RemoteException, ConfigurationException {
    var added = new ArrayList<HostImported>();
    try (Writer made = credentials == null ? Writer.nullWriter() : create(credentials)) {
      Writer secrets = credentials == null && !options.json() ? out : made;
      each(
          server,
          list,
          false,
          done -> {
            if (!done.stored()) {
              throw new ConfigurationException(String.join("\n", problems(list, added, done)));
            }
            added.addAll(done.hosts());
            write(secrets, done);
          });
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationException(
          "the first %d hosts of %s were added, but their credentials could not all be written: %s; './homeport credential rotate HOST' makes a new one"
              .formatted(added.size(), file, e.getMessage()));
    }
    if (options.json()) {
      out.print(ServerOptions.write(new HostsImported(true, added)));
    } else if (credentials != null) {
      out.printf(
          "%,d hosts added, %,d were there already; credentials in %s.%n",
          count(added, "added"), count(added, "exists"), credentials);
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** What is done with the answer to each part of the list. */
  @FunctionalInterface
  private interface EachPart {
    void accept(HostsImported done) throws ConfigurationException;
  }

  private List<HostImported> each(
      ServerConnection server, HostListFile list, boolean trial, EachPart action)
      throws RemoteException, ConfigurationException {
    List<HostListFile.Line> lines = list.lines();
    Set<String> ownCredentials = new HashSet<>();
    var all = new ArrayList<HostImported>();
    try (var progress =
        new ProgressLine(spec.commandLine().getErr(), trial ? "trying" : "adding", 0)) {
      long octets = 0;
      for (int from = 0; from < lines.size(); from += HostImportResource.HOSTS_MAX) {
        int to = Math.min(lines.size(), from + HostImportResource.HOSTS_MAX);
        List<NewHost> part =
            lines.subList(from, to).stream()
                .map(line -> trial ? tried(line.host(), ownCredentials) : line.host())
                .toList();
        var body = new NewHosts(part);
        String answer =
            server.post(
                "host-imports?dry-run=%b&force=%b&reclaim=%b".formatted(trial, force, reclaim),
                body);
        octets += answer.length();
        progress.accept(octets);
        HostsImported done = ServerOptions.read(answer, HostsImported.class);
        action.accept(done);
        all.addAll(done.hosts());
      }
    }
    return all;
  }

  /** The credential of a host before it in the list is not there yet when it is tried. */
  private static NewHost tried(NewHost host, Set<String> ownCredentials) {
    String username = host.username();
    String name = host.name();
    if (username == null && name != null) {
      ownCredentials.add(name.toLowerCase(Locale.ROOT));
    }
    return username != null && ownCredentials.contains(username.toLowerCase(Locale.ROOT))
        ? new NewHost(name, host.ttl(), null, host.account())
        : host;
  }

  private static List<String> problems(HostListFile list, List<HostImported> tried) {
    return problems(list, List.of(), new HostsImported(false, tried));
  }

  private static List<String> problems(
      HostListFile list, List<HostImported> before, HostsImported part) {
    var problems = new ArrayList<String>();
    for (int i = 0; i < part.hosts().size(); i++) {
      String problem = part.hosts().get(i).problem();
      if (problem != null) {
        int line = list.lines().get(before.size() + i).number();
        problems.add("%s, line %d: %s".formatted(list.path(), line, problem));
      }
    }
    return problems;
  }

  private static long count(List<HostImported> hosts, String outcome) {
    return hosts.stream().filter(host -> host.outcome().equals(outcome)).count();
  }

  private void print(
      PrintWriter out, HostListFile list, List<HostImported> tried, List<String> problems) {
    if (problems.isEmpty()) {
      out.printf(
          "%s: %,d hosts would be added, %,d are there already. Nothing was changed.%n",
          list.path(), count(tried, "added"), count(tried, "exists"));
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    problems.stream().limit(PROBLEMS_SHOWN).forEach(err::println);
    if (problems.size() > PROBLEMS_SHOWN) {
      err.printf("... and %,d more%n", problems.size() - PROBLEMS_SHOWN);
    }
    err.printf("No host was added: %,d of %,d cannot be.%n", problems.size(), list.lines().size());
    err.flush();
  }

  private static Writer create(Path path) throws ConfigurationException {
    try {
      FileAttribute<?>[] attributes =
          path.getFileSystem().supportedFileAttributeViews().contains("posix")
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      return Channels.newWriter(
          Files.newByteChannel(
              path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes),
          StandardCharsets.UTF_8);
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationException(
          "--credentials: %s exists; choose a new file, nothing was added".formatted(path));
    } catch (IOException e) {
      throw new ConfigurationException(
          "--credentials: cannot make %s: %s; nothing was added".formatted(path, e));
    }
  }

  private static void write(Writer secrets, HostsImported done) {
    try {
      for (HostImported host : done.hosts()) {
        if (host.password() != null) {
          secrets.write("%s,%s,%s%n".formatted(host.host(), host.username(), host.password()));
        }
      }
      secrets.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
