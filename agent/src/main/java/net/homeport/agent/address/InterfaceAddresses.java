package net.homeport.agent.address;

import java.io.IOException;
import java.util.List;

/** Reads the addresses all interfaces have now. */
@FunctionalInterface
public interface InterfaceAddresses {
  /**
   * One consistent look, from any thread.
   *
   * @throws IOException when the system does not tell
   */
  List<CandidateAddress> read() throws IOException;

  /** From the kernel with flags where netlink works (Linux), otherwise what the JDK knows. */
  static InterfaceAddresses ofThisMachine() {
    var kernel = new KernelInterfaceAddresses();
    try {
      List<CandidateAddress> _ = kernel.read();
      return kernel;
    } catch (IOException e) {
      return new PortableInterfaceAddresses();
    }
  }
}
