package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks the running server one thing, and prints the answer: as JSON, or in words.
 */
abstract class RemoteCommand implements Callable<Integer> {
  @Mixin ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /** Asks; returns the JSON of the answer. */
  abstract String ask(ServerConnection server) throws RemoteException;

  /** Prints the answer in words. */
  abstract void print(PrintWriter out, String answer);

  @Override
  public final Integer call() throws RemoteException {
    try (var server = options.connect()) {
      String answer = ask(server);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        print(out, answer);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }
}
