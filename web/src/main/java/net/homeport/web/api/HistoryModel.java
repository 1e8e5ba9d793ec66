package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the history: names here are names there. Times are RFC 3339 in UTC. */
public final class HistoryModel {
  private HistoryModel() {}

  /**
   * A change of an RRset, or of a whole zone.
   *
   * @param what {@code changed}, {@code zone added} or {@code zone removed}
   * @param serial of the zone after it
   * @param name the owner name; that of the zone if it came or went as a whole
   * @param type null if the zone came or went as a whole
   * @param before data of the records before it; empty if there were none
   * @param after data of the records after it; empty if there are none
   * @param source null for a command on the server's machine
   * @param rule which rule allowed it, or where it came from; empty where there is nothing to say
   */
  @Json
  public record ChangeView(
      String at,
      String what,
      String zone,
      long serial,
      String name,
      @Nullable String type,
      List<String> before,
      List<String> after,
      String actor,
      String frontDoor,
      @Nullable String source,
      String rule) {}

  /** The newest first. */
  @Json
  public record HistoryList(List<ChangeView> changes) {}

  /** An attempt that was rejected. */
  @Json
  public record RejectedView(
      String at,
      String who,
      String frontDoor,
      @Nullable String source,
      List<String> names,
      String wanted,
      String why) {}

  /**
   * The newest first.
   *
   * @param dropped how many were not kept since the server's start, for there were too many
   */
  @Json
  public record RejectedList(List<RejectedView> rejected, long dropped) {}

  /**
   * What was answered for a name at a time.
   *
   * @param zone in which it lies
   * @param serial of the zone then
   * @param how {@code records}, {@code wildcard}, {@code delegation}, {@code redirection}, {@code
   *     empty} or {@code absent}
   * @param owner where the records stood: the name, or the wildcard or cut that answered for it
   * @param records as lines of a zone file
   */
  @Json
  public record PastView(
      String name,
      String at,
      String zone,
      long serial,
      String how,
      String owner,
      List<String> records) {}

  /**
   * How a zone differs.
   *
   * @param lines of a zone file, each led by {@code -} or {@code +}
   */
  @Json
  public record DifferenceView(String zone, long fromSerial, long toSerial, List<String> lines) {}

  /**
   * What a rollback changed, or would change.
   *
   * @param serial of the zone as it is now
   * @param toSerial of the state it was rolled back to
   * @param lines of a zone file, each led by {@code -} or {@code +}; without the SOA's serial
   */
  @Json
  public record RollbackView(
      String zone,
      long serial,
      long toSerial,
      boolean changed,
      boolean dryRun,
      List<String> lines) {}
}
