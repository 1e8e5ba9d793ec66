package net.homeport.interop.fault;

import net.homeport.interop.harness.Commands;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.harness.Recipe;

/** Updates by curl, as a device would send them. */
final class FaultUpdates {
  private FaultUpdates() {}

  /** Body and status of the answer, such as {@code good 192.0.2.1}, a line feed, and 200. */
  static String update(HomeportProcess server, Recipe recipe, String host, String address) {
    String url = server.web() + "/nic/update?hostname=" + host + "&myip=" + address;
    return Commands.run(
            "curl", "-s", "--max-time", "30", "-w", "%{http_code}", "-u", recipe.login(), url)
        .succeeded()
        .out();
  }
}
