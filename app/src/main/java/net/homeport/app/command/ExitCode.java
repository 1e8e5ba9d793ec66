package net.homeport.app.command;

/** Exit codes of every command; stable. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Not done: refused, or failed; the message says why. */
  static final int FAILED = 1;

  /** Wrong usage: a flag or argument that makes no sense. */
  static final int USAGE = 2;

  /** No server could be reached. */
  static final int UNREACHABLE = 3;

  private ExitCode() {}
}
