package net.homeport.nameserver.transfer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many transfers go on at once, in all and to one address. Safe for any thread. */
final class TransferLimit {
  private final int max;
  private final int maxOfClient;
  private final Map<InetAddress, Integer> clients = new HashMap<>();
  private int running;

  TransferLimit(int max, int maxOfClient) {
    this.max = max;
    this.maxOfClient = maxOfClient;
  }

  /** Whether one more may begin; then {@link #end} must follow. */
  synchronized boolean begin(InetAddress client) {
    int ofClient = clients.getOrDefault(client, 0);
    if (running == max || ofClient == maxOfClient) {
      return false;
    }
    clients.put(client, ofClient + 1);
    running++;
    return true;
  }

  synchronized void end(InetAddress client) {
    clients.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    running--;
  }
}
