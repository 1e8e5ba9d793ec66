package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** Somebody out there who tells which address a question came from. Used by one thread. */
public interface Mirror {
  /** What it is called, for people. */
  String name();

  /** The family that it tells of; empty if only its answer shows that. */
  Optional<AddressFamily> family();

  /**
   * Asks; takes seconds at most.
   *
   * @throws IOException when there is no answer, or one that is no address
   */
  InetAddress ask() throws IOException, InterruptedException;
}
