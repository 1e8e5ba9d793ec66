package net.homeport.web.dialect;

import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a device asks, in no dialect any more.
 *
 * @param presented what it proves itself with; null if nothing
 * @param wishes in the order of the request
 * @param flaw what is wrong with the request as a whole; null if nothing is
 * @param spelling the addresses as the client wrote them, IPv4 first, for answers that echo them
 * @param verbose whether the answer shall be the long one, in dialects that have two
 * @param notes what a person who looks for the fault should know: a placeholder that was left in
 * @param hosts those of its hosts that it may change; empty until it was answered
 */
public record Question(
    @Nullable Presented presented,
    List<HostWish> wishes,
    UpdateOutcome.@Nullable Reason flaw,
    String spelling,
    boolean verbose,
    List<String> notes,
    List<Host> hosts) {
  /** Nothing that could be read. */
  public static final Question NONE =
      new Question(null, List.of(), null, "", false, List.of(), List.of());

  public Question {
    wishes = List.copyOf(wishes);
    notes = List.copyOf(notes);
    hosts = List.copyOf(hosts);
  }

  /** Of these hosts, what was read of addresses. */
  public static Question of(
      @Nullable Presented presented, List<HostWish> wishes, AddressWords addresses) {
    return new Question(
        presented,
        wishes,
        addresses.flaw(),
        addresses.spelling(),
        false,
        addresses.notes(),
        List.of());
  }

  /** With the long answer. */
  public Question inDetail(boolean detailed) {
    return new Question(presented, wishes, flaw, spelling, detailed, notes, hosts);
  }

  /** The same, flawed in this way unless it was already. */
  public Question flawed(UpdateOutcome.Reason reason) {
    return new Question(
        presented, wishes, flaw == null ? reason : flaw, spelling, verbose, notes, hosts);
  }

  /** With a note more. */
  public Question noted(String note) {
    var all = new java.util.ArrayList<>(notes);
    all.add(note);
    return new Question(presented, wishes, flaw, spelling, verbose, all, hosts);
  }

  /** With the hosts that it turned out to be about. */
  public Question about(List<Host> found) {
    return new Question(presented, wishes, flaw, spelling, verbose, notes, found);
  }
}
