package net.homeport.web.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.AccountRegistry;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.registry.alarm.AddressAlarm;
import net.homeport.registry.alarm.AddressAlarms;
import net.homeport.registry.naming.DanglingRecord;
import net.homeport.registry.naming.DanglingRecords;
import net.homeport.web.api.RestrictionModel.AlarmList;
import net.homeport.web.api.RestrictionModel.AlarmView;
import net.homeport.web.api.RestrictionModel.DanglingList;
import net.homeport.web.api.RestrictionModel.DanglingView;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** {@code /api/v1/alarms} and {@code /api/v1/dangling}: where somebody could take over. */
public final class TakeoverResource implements ApiResource {
  private final AddressAlarms alarms;
  private final DanglingRecords dangling;
  private final AccountRegistry accounts;

  public TakeoverResource(
      AddressAlarms alarms, DanglingRecords dangling, AccountRegistry accounts) {
    this.alarms = alarms;
    this.dangling = dangling;
    this.accounts = accounts;
  }

  @Override
  public Set<String> operationsOfMembers() {
    return Set.of("GET alarms");
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return switch (request.operation()) {
      case "GET alarms" -> ApiResult.ok(new AlarmList(list(request)));
      case "DELETE alarms/{name}" -> dismiss(request.name());
      case "GET dangling" -> dangling(request.parameter("zone"));
      default -> null;
    };
  }

  private List<AlarmView> list(ApiRequest request) {
    Stream<AddressAlarm> all = alarms.alarms(request.isSet("all")).stream();
    return request.principal() instanceof Principal.ServerAdministrator
        ? all.map(this::view).toList()
        : all.filter(alarm -> request.may(Deed.VIEW, alarm.accountId()) == Permission.ALLOWED)
            .map(alarm -> withoutOthers(request, alarm))
            .toList();
  }

  /** Members hear that somebody reports their host's address, and who, if that is theirs, too. */
  private AlarmView withoutOthers(ApiRequest request, AddressAlarm alarm) {
    AlarmView all = view(alarm);
    return request.may(Deed.VIEW, alarm.reporterAccountId()) == Permission.ALLOWED
        ? all
        : new AlarmView(
            all.id(),
            all.address(),
            all.host(),
            all.account(),
            all.accountName(),
            "",
            0,
            null,
            all.raisedAt(),
            all.dismissed());
  }

  /** What an account is called; null if it is gone. */
  private @Nullable String accountName(long id) {
    Account account = accounts.account(id);
    return account == null ? null : account.name();
  }

  private AlarmView view(AddressAlarm alarm) {
    return new AlarmView(
        alarm.id(),
        AddressText.of(alarm.address()),
        ApiNames.text(alarm.host()),
        alarm.accountId(),
        accountName(alarm.accountId()),
        ApiNames.text(alarm.reportedBy()),
        alarm.reporterAccountId(),
        accountName(alarm.reporterAccountId()),
        alarm.raisedAt().toString(),
        alarm.dismissed());
  }

  private ApiResult dismiss(String text) {
    AddressAlarm alarm = text.matches("\\d{1,18}") ? alarms.dismiss(Long.parseLong(text)) : null;
    return alarm == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such alarm",
            "there is no alarm '%s'; 'homeport alarms' lists those there are".formatted(text))
        : ApiResult.ok(view(alarm));
  }

  private ApiResult dangling(@Nullable String zone) {
    Name name = ApiNames.parse(zone);
    if (zone != null && name == null) {
      return ApiNames.notAName(zone);
    }
    if (name != null && !dangling.knows(name)) {
      return ZoneResource.noSuchZone(ApiNames.text(name));
    }
    List<DanglingView> views = dangling.find(name).stream().map(TakeoverResource::view).toList();
    return ApiResult.ok(new DanglingList(views));
  }

  private static DanglingView view(DanglingRecord record) {
    return new DanglingView(
        ApiNames.text(record.zone()),
        ApiNames.text(record.owner()),
        Type.string(record.type()),
        ApiNames.text(record.target()),
        record.state().name().toLowerCase(Locale.ROOT),
        record.why());
  }
}
