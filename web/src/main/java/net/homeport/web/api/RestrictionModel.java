package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of policies, blocks, freed names, alarms and explanations. Times are RFC 3339 in UTC.
 */
public final class RestrictionModel {
  private RestrictionModel() {}

  /**
   * What to set.
   *
   * @param host for this host; with neither host nor zone it is the default
   * @param zone for the hosts of this zone
   * @param value as the setting's form says
   */
  @Json
  public record NewSetting(
      @Nullable String host,
      @Nullable String zone,
      @Nullable String setting,
      @Nullable String value) {}

  /**
   * A setting.
   *
   * @param value null if it is not set
   * @param scope {@code host}, {@code zone} or {@code default}: where the value comes from
   * @param name of that host or zone
   * @param form examples of values
   * @param meaning what it does
   */
  @Json
  public record SettingView(
      String setting,
      @Nullable String value,
      @Nullable String scope,
      @Nullable String name,
      @Nullable String setBy,
      @Nullable String setAt,
      String form,
      String meaning) {}

  /**
   * Settings.
   *
   * @param of the host or zone for which they hold; null for all that is set anywhere
   */
  @Json
  public record PolicyView(@Nullable String of, List<SettingView> settings) {}

  /**
   * A list of names.
   *
   * @param brought whether it is the one that Homeport brings
   */
  @Json
  public record NameListView(String list, boolean brought, String text) {}

  /** Why a host is blocked. */
  @Json
  public record NewBlock(@Nullable String reason) {}

  /**
   * How a name stands.
   *
   * @param waitsForApproval whether it is withheld until a person approves it
   * @param blocked why it is blocked; null if it is not
   * @param withheld what its device asked for last, in words; null if nothing is withheld
   * @param withheldAt when it did
   * @param released after an approval or the end of a block, what became of that
   */
  @Json
  public record StandingView(
      String host,
      boolean isHost,
      boolean waitsForApproval,
      @Nullable String approvedBy,
      @Nullable String approvedAt,
      @Nullable String blocked,
      @Nullable String blockedBy,
      @Nullable String blockedAt,
      @Nullable String withheld,
      @Nullable String withheldAt,
      @Nullable String released) {}

  /** Names that are blocked or wait. */
  @Json
  public record StandingList(List<StandingView> standings) {}

  /** A name that is kept back. */
  @Json
  public record FreedView(
      String name, String zone, String username, long account, String removedAt, String until) {}

  /** Names that are kept back. */
  @Json
  public record FreedList(List<FreedView> names) {}

  /**
   * A record that points at nothing, or at what was not looked at.
   *
   * @param state {@code missing}, {@code withdrawn}, {@code quarantined} or {@code elsewhere}
   */
  @Json
  public record DanglingView(
      String zone, String owner, String type, String target, String state, String why) {}

  /** Such records. */
  @Json
  public record DanglingList(List<DanglingView> records) {}

  /**
   * An address that changed hands.
   *
   * @param accountName what the account is called; null if it is gone
   * @param reportedBy empty for a member who may not see that host
   * @param reporterAccount 0 then
   */
  @Json
  public record AlarmView(
      long id,
      String address,
      String host,
      long account,
      @Nullable String accountName,
      String reportedBy,
      long reporterAccount,
      @Nullable String reporterAccountName,
      String raisedAt,
      boolean dismissed) {}

  /** Such addresses. */
  @Json
  public record AlarmList(List<AlarmView> alarms) {}

  /**
   * A request to explain.
   *
   * @param addresses it reports; none for the source
   * @param source the address it comes from; null for the first of the addresses
   * @param door the front door; dyndns2 unless given
   * @param username whose request; null for the host's own credential
   * @param tls version of TLS, 1.2 or 1.3; null in clear
   */
  @Json
  public record RequestQuestion(
      @Nullable String host,
      @Nullable List<String> addresses,
      @Nullable String source,
      @Nullable String door,
      @Nullable String username,
      @Nullable String tls) {}

  /**
   * What one check says.
   *
   * @param verdict {@code pass}, {@code reject}, {@code withhold} or {@code postpone}
   * @param why in words; null when it passes
   * @param rule what it goes by and where that was set; null if by nothing that can be set
   */
  @Json
  public record CheckView(
      String check, String verdict, @Nullable String why, @Nullable String rule) {}

  /**
   * What would become of a request.
   *
   * @param outcome {@code updated}, {@code unchanged}, {@code withheld}, {@code rejected}, {@code
   *     blocked} or {@code postponed}
   * @param decidedBy the check or stage that decides; null if the change would be made
   * @param changes what would change
   */
  @Json
  public record RequestVerdict(
      String host,
      @Nullable String username,
      String outcome,
      String why,
      @Nullable String decidedBy,
      List<CheckView> checks,
      List<String> changes) {}

  /**
   * Something that happened to a name.
   *
   * @param outcome {@code changed}, or why not
   */
  @Json
  public record PastEvent(
      String at, String outcome, String who, String door, @Nullable String source, String why) {}

  /** What happened to a name last, the newest first. */
  @Json
  public record LastView(String host, List<PastEvent> events) {}
}
