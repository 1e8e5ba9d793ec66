package net.homeport.app;

import net.homeport.app.command.HomeportCommand;

/** The one program. */
public final class Main {
  private Main() {}

  /** Runs a command; the exit code is its outcome (see {@link HomeportCommand}). */
  public static void main(String[] arguments) {
    int code = HomeportCommand.commandLine().execute(arguments);
    // Not for 0: a server's or agent's threads end by themselves when their command returned.
    System.exit(code);
  }
}
