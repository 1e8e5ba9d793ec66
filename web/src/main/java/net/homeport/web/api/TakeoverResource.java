package net.homeport.web.api;

import java.util.List;
import java.util.Locale;
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

  public TakeoverResource(AddressAlarms alarms, DanglingRecords dangling) {
    this.alarms = alarms;
    this.dangling = dangling;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return switch (request.operation()) {
      case "GET alarms" ->
          ApiResult.ok(
              new AlarmList(
                  alarms.alarms(request.isSet("all")).stream()
                      .map(TakeoverResource::view)
                      .toList()));
      case "DELETE alarms/{name}" -> dismiss(request.name());
      case "GET dangling" -> dangling(request.parameter("zone"));
      default -> null;
    };
  }

  private static AlarmView view(AddressAlarm alarm) {
    return new AlarmView(
        alarm.id(),
        AddressText.of(alarm.address()),
        ApiNames.text(alarm.host()),
        alarm.accountId(),
        ApiNames.text(alarm.reportedBy()),
        alarm.reporterAccountId(),
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
