package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.RestrictionModel.DanglingList;
import net.homeport.web.api.RestrictionModel.DanglingView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone dangling}. */
@Command(
    name = "dangling",
    description = {
      "Finds CNAME, MX, SRV, NS, SVCB and HTTPS records that point at names of this server which do not exist, have no address, or were a host's not long ago.",
      "Targets that others answer for are listed as not checked, unless --resolve asks this machine's resolver.",
      "Exit code 0: none dangles; 1: some do."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport zone dangling",
      "  ./homeport zone dangling dyn.example.org --resolve",
    })
final class ZoneDanglingCommand implements Callable<Integer> {
  private static final int AT_ONCE_MAX = 16;
  private static final String ELSEWHERE = "elsewhere";

  @Parameters(
      paramLabel = "ZONE",
      arity = "0..1",
      description = "The zone's name (default: all zones).")
  private @Nullable String zone;

  @Option(
      names = "--resolve",
      description = "Look up targets that others answer for, with this machine's resolver.")
  private boolean resolve;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException {
    String of = zone;
    try (var server = options.connect()) {
      String answer =
          server.get("dangling" + (of == null ? "" : "?zone=" + ServerConnection.segment(of)));
      List<DanglingView> records = ServerOptions.read(answer, DanglingList.class).records();
      if (resolve) {
        records = resolved(records);
      }
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.println(ServerOptions.write(new DanglingList(records)));
      } else {
        print(out, records);
      }
      out.flush();
      boolean some = records.stream().anyMatch(record -> !record.state().equals(ELSEWHERE));
      return some ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  /** Those elsewhere that exist are left out; those that do not are missing. */
  private static List<DanglingView> resolved(List<DanglingView> records) {
    Map<String, Future<Boolean>> lookUps = new HashMap<>();
    var limit = new Semaphore(AT_ONCE_MAX);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (DanglingView record : records) {
        if (record.state().equals(ELSEWHERE)) {
          lookUps.computeIfAbsent(
              record.target(), target -> threads.submit(() -> exists(target, limit)));
        }
      }
    }
    var left = new ArrayList<DanglingView>();
    for (DanglingView record : records) {
      Future<Boolean> lookUp = lookUps.get(record.target());
      if (!record.state().equals(ELSEWHERE) || lookUp == null) {
        left.add(record);
      } else if (!isTrue(lookUp)) {
        left.add(
            new DanglingView(
                record.zone(),
                record.owner(),
                record.type(),
                record.target(),
                "missing",
                "this machine's resolver knows no address of it"));
      }
    }
    return left;
  }

  private static boolean exists(String target, Semaphore limit) throws InterruptedException {
    limit.acquire();
    try {
      return InetAddress.getAllByName(target).length > 0;
    } catch (UnknownHostException _) {
      return false;
    } finally {
      limit.release();
    }
  }

  private static boolean isTrue(Future<Boolean> lookUp) {
    try {
      return lookUp.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void print(PrintWriter out, List<DanglingView> records) {
    if (records.isEmpty()) {
      out.println("No record dangles.");
      return;
    }
    var table = new TextTable("RECORD", "TYPE", "TARGET", "STATE", "WHY");
    for (DanglingView record : records) {
      table.row(
          record.owner(),
          record.type(),
          record.target(),
          record.state().equals(ELSEWHERE) ? "not checked" : record.state(),
          record.why());
    }
    table.print(out);
  }
}
