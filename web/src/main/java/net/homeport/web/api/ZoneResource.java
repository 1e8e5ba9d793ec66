package net.homeport.web.api;

import io.avaje.json.JsonException;
import java.io.IOException;
import java.util.stream.Collectors;
import net.homeport.registry.secondary.MirroredZones;
import net.homeport.registry.zone.SerialPolicy;
import net.homeport.registry.zone.ZoneAddition;
import net.homeport.registry.zone.ZoneImport;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.registry.zone.ZoneRemoval;
import net.homeport.web.api.ApiModel.NewSecondary;
import net.homeport.web.api.ApiModel.NewZone;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.ApiModel.ZoneImported;
import net.homeport.web.api.ApiModel.ZoneList;
import net.homeport.web.api.ApiModel.ZoneSettings;
import net.homeport.web.api.ApiModel.ZoneView;
import net.homeport.zone.Zone;
import net.homeport.zone.text.ZoneTextSource;
import net.homeport.zone.text.ZoneTextWriter;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneReplacement;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** {@code /api/v1/zones}. */
public final class ZoneResource implements ApiResource {
  private static final int HOSTS_NAMED_MAX = 5;

  private static final int FILE_NAME_MAX = 200;

  private final ZoneRegistry registry;
  private final SecondaryPart secondary;

  /**
   * @param mirrored those of which other servers are the primaries
   */
  public ZoneResource(ZoneRegistry registry, MirroredZones mirrored) {
    this.registry = registry;
    this.secondary = new SecondaryPart(registry, mirrored);
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    String name = request.name();
    return switch (request.operation()) {
      case "GET zones" -> list();
      case "POST zones" -> add(request.body(NewZone.class), request.actor());
      case "GET zones/{name}" -> get(name);
      case "PUT zones/{name}" -> addText(name, request.octets(), importer(request));
      case "GET zones/{name}/text" -> text(name);
      case "PUT zones/{name}/text" ->
          replace(name, request.octets(), request.isSet("dry-run"), importer(request));
      case "PUT zones/{name}/settings" -> set(name, request.body(ZoneSettings.class));
      case "PUT zones/{name}/secondary" -> secondary.add(name, request.body(NewSecondary.class));
      case "POST zones/{name}/refresh" -> secondary.check(name, false);
      case "POST zones/{name}/retransfer" -> secondary.check(name, true);
      case "DELETE zones/{name}" -> remove(name, request.actor());
      default -> null;
    };
  }

  /** The administrator, with the file that is imported: the history tells it. */
  private static Attribution importer(ApiRequest request) {
    Attribution actor = request.actor();
    String file = request.parameter("file");
    String shown = file == null || file.isBlank() ? "a zone file" : file;
    return new Attribution(
        actor.actor(),
        actor.frontDoor(),
        actor.source(),
        actor.at(),
        "import of "
            + shown
                .substring(0, Math.min(shown.length(), FILE_NAME_MAX))
                .replaceAll("\\p{Cntrl}", "?"));
  }

  ApiResult list() {
    return ApiResult.ok(new ZoneList(secondary.all()));
  }

  ApiResult get(String text) {
    Name name = ApiNames.parse(text);
    ZoneView view = name == null ? null : secondary.view(name);
    return view == null ? noSuchZone(text) : ApiResult.ok(view);
  }

  static ApiResult noSuchZone(String text) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such zone",
        "this server has no zone '%s'; 'homeport zone list' shows those it has".formatted(text));
  }

  ApiResult add(NewZone wanted, Attribution actor) {
    Name name = ApiNames.parse(wanted.name());
    if (name == null) {
      return ApiNames.notAName(wanted.name());
    }
    Name nameServer = nameServer(wanted, name);
    return nameServer == null
        ? ApiNames.notAName(wanted.nameServer())
        : result(registry.add(name, nameServer, actor));
  }

  ApiResult addText(String zone, byte[] text, Attribution actor) {
    Name name = ApiNames.parse(zone);
    return name == null
        ? ApiNames.notAName(zone)
        : result(registry.addText(name, source(text), actor));
  }

  private static ZoneTextSource source(byte[] text) {
    return new ZoneTextSource("zone file", text, ZoneTextSource.Includes.REFUSED);
  }

  /** The zone as text, written while it is sent. */
  ApiResult text(String text) {
    Name name = ApiNames.parse(text);
    Zone zone = name == null ? null : registry.zone(name);
    return zone == null
        ? noSuchZone(text)
        : ApiResult.ok((ApiResult.Streamed) out -> ZoneTextWriter.write(zone, out));
  }

  ApiResult replace(String zone, byte[] text, boolean dryRun, Attribution actor) {
    Name name = ApiNames.parse(zone);
    if (name == null) {
      return ApiNames.notAName(zone);
    }
    return switch (registry.replace(name, source(text), dryRun, actor)) {
      case ZoneImport.Imported done -> ApiResult.ok(view(done, dryRun));
      case ZoneImport.KeptOtherwise kept ->
          ApiResult.problem(HttpStatus.CONFLICT_409, "not changed so", kept.why());
      case ZoneImport.NoSuchZone _ -> noSuchZone(zone);
      case ZoneImport.BadText bad -> notAZone(bad.why());
      case ZoneImport.HostsInTheWay way ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "hosts are in the way",
              "%d hosts could not publish their addresses any more, for the file has a static address, a CNAME, or a delegation there: %s%s; take those records out of the file, or remove the hosts with 'homeport host remove'"
                  .formatted(
                      way.hosts().size(),
                      way.hosts().stream()
                          .limit(HOSTS_NAMED_MAX)
                          .map(ApiNames::text)
                          .collect(Collectors.joining(", ")),
                      way.hosts().size() > HOSTS_NAMED_MAX ? ", ..." : ""));
      case ZoneImport.TooMany many ->
          ApiResult.problem(
              HttpStatus.PAYLOAD_TOO_LARGE_413,
              "too many changes at once",
              "the file changes %d RRsets, and an import at most %d; remove the zone and add it with 'homeport zone add --file', or import in steps"
                  .formatted(many.rrsets(), ZoneReplacement.CHANGES_MAX));
      case ZoneImport.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }

  private static ZoneImported view(ZoneImport.Imported done, boolean dryRun) {
    ZoneReplacement.Summary summary = done.summary();
    return new ZoneImported(
        ApiNames.text(done.name()),
        done.serial(),
        done.changes(),
        dryRun,
        summary.added(),
        summary.changed(),
        summary.removed(),
        summary.kept());
  }

  private static ApiResult notAZone(String why) {
    return ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not a zone", why);
  }

  ApiResult set(String text, ZoneSettings wanted) {
    Name name = ApiNames.parse(text);
    ZoneView present = name == null ? null : secondary.view(name);
    if (name == null || present == null) {
      return noSuchZone(text);
    }
    String serial = wanted.serial();
    if (serial == null) {
      return ApiResult.ok(present);
    }
    SerialPolicy policy =
        switch (serial) {
          case "increment" -> SerialPolicy.INCREMENT;
          case "unixtime" -> SerialPolicy.UNIXTIME;
          default ->
              throw new JsonException(
                  "'serial' is 'increment' or 'unixtime', not '%s'".formatted(serial));
        };
    String refusal = registry.setSerialPolicy(name, policy);
    return refusal != null
        ? ApiResult.problem(HttpStatus.CONFLICT_409, "not set here", refusal)
        : get(text);
  }

  private static @Nullable Name nameServer(NewZone wanted, Name zone) {
    if (wanted.nameServer() != null) {
      return ApiNames.parse(wanted.nameServer());
    }
    try {
      return Name.fromString("ns1", zone);
    } catch (TextParseException _) {
      return zone;
    }
  }

  private ApiResult result(ZoneAddition addition) {
    return switch (addition) {
      case ZoneAddition.Added added -> ApiResult.created(secondary.view(added.zone()));
      case ZoneAddition.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the zone exists",
              "this server has the zone '%s' already".formatted(ApiNames.text(there.name())));
      case ZoneAddition.BadText bad -> notAZone(bad.why());
      case ZoneAddition.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }

  ApiResult remove(String text, Attribution actor) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      return ApiNames.notAName(text);
    }
    return switch (registry.remove(name, actor)) {
      case ZoneRemoval.Removed _ -> ApiResult.ok(new RemovedView(ApiNames.text(name)));
      case ZoneRemoval.NoSuchZone _ -> noSuchZone(text);
      case ZoneRemoval.HasHosts has ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "hosts live in the zone",
              "%d hosts live in '%s'; remove them first with 'homeport host remove'"
                  .formatted(has.hosts(), text));
      case ZoneRemoval.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }
}
