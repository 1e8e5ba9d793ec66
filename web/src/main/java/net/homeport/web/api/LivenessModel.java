package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the API about silence and about addresses. Actions are {@code none}, {@code tell},
 * {@code ttl=SECONDS}, {@code withdraw}, {@code park=ADDRESS[,ADDRESS]}, {@code delete}.
 */
public final class LivenessModel {
  private LivenessModel() {}

  /**
   * What is said about silence; in a request, what is absent stays as it was.
   *
   * @param intervalSeconds how often a report is expected; 0 in a request to take what was said
   *     more widely, or what the client teaches
   * @param lateAfter in intervals
   * @param silentAfter in intervals
   * @param deadAfter in intervals
   * @param onLate an action; {@code inherit} in a request for that of the zone, or of all
   */
  @Json
  public record LivenessSaid(
      @Nullable Long intervalSeconds,
      @Nullable Double lateAfter,
      @Nullable Double silentAfter,
      @Nullable Double deadAfter,
      @Nullable String onLate,
      @Nullable String onSilent,
      @Nullable String onDead) {}

  /**
   * How it stands with a host.
   *
   * @param state {@code fresh}, {@code late}, {@code silent}, {@code dead}, or {@code never} heard
   * @param intervalFrom where the interval is from, such as {@code learned}
   * @param follows the host whose reports its addresses follow; null if it has its own
   * @param said of this host alone
   */
  @Json
  public record LivenessView(
      String host,
      String state,
      @Nullable String lastSeen,
      long intervalSeconds,
      String intervalFrom,
      String client,
      @Nullable String follows,
      String onLate,
      String onSilent,
      String onDead,
      LivenessSaid said) {}

  /** Hosts. */
  @Json
  public record LivenessList(List<LivenessView> hosts) {}

  /**
   * What is done with addresses.
   *
   * @param zone {@code .} for all
   * @param treatments {@code publish}, {@code acknowledge} or {@code refuse}, by class of address
   * @param source {@code accept}, {@code warn} or {@code match}
   */
  @Json
  public record TruthView(String zone, Map<String, String> treatments, String source) {}

  /**
   * What is said about addresses; what is absent stays as it was.
   *
   * @param treatments by class; {@code inherit} for that of all zones
   * @param source {@code inherit} for that of all zones
   */
  @Json
  public record TruthSaid(@Nullable Map<String, String> treatments, @Nullable String source) {}

  /** The ports at which a host wants to be reached; empty for none. */
  @Json
  public record PortsSaid(@Nullable List<Integer> ports) {}

  /**
   * What became of one attempt to connect.
   *
   * @param answer {@code open}, {@code closed} or {@code not-tried}
   * @param outcome in words
   */
  @Json
  public record ProbeView(int port, String address, String answer, String outcome, String at) {}

  /**
   * The ports of a host, and how they were at the last probe since the server started.
   *
   * @param results empty if there was none
   */
  @Json
  public record PortsView(String host, List<Integer> ports, List<ProbeView> results) {}
}
