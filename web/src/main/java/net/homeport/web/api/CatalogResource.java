package net.homeport.web.api;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.catalog.CatalogAddition;
import net.homeport.registry.catalog.Catalogs;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.registry.zone.ZoneRemoval;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.CatalogModel.CatalogList;
import net.homeport.web.api.CatalogModel.CatalogView;
import net.homeport.web.api.CatalogModel.NewCatalog;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/catalogs}. */
public final class CatalogResource implements ApiResource {
  private final Catalogs catalogs;
  private final ZoneRegistry zones;

  public CatalogResource(Catalogs catalogs, ZoneRegistry zones) {
    this.catalogs = catalogs;
    this.zones = zones;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    return switch (request.operation()) {
      case "GET catalogs" ->
          ApiResult.ok(new CatalogList(catalogs.catalogs().stream().map(this::view).toList()));
      case "POST catalogs" -> add(request.body(NewCatalog.class), request.actor());
      case "GET catalogs/{name}" -> get(request.name());
      case "DELETE catalogs/{name}" -> remove(request.name(), request.actor());
      default -> null;
    };
  }

  private ApiResult get(String text) {
    Name name = ApiNames.parse(text);
    Catalog catalog = name == null ? null : catalogs.catalog(name);
    return catalog == null ? noSuchCatalog(text) : ApiResult.ok(view(catalog));
  }

  private static ApiResult noSuchCatalog(String text) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such catalog",
        "there is no catalog '%s'; 'homeport catalog list' shows those there are".formatted(text));
  }

  private ApiResult add(NewCatalog wanted, Attribution actor) {
    Name name = ApiNames.parse(wanted.name());
    if (name == null) {
      return ApiNames.notAName(wanted.name());
    }
    Set<Name> except = new HashSet<>();
    List<String> texts = wanted.except();
    for (String text : texts == null ? List.<String>of() : texts) {
      Name zone = ApiNames.parse(text);
      if (zone == null) {
        return ApiNames.notAName(text);
      }
      except.add(zone);
    }
    return switch (catalogs.add(name, except, actor)) {
      case CatalogAddition.Added added -> ApiResult.created(view(added.catalog()));
      case CatalogAddition.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the zone exists",
              "this server has the zone '%s' already".formatted(ApiNames.text(there.zone())));
      case CatalogAddition.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
      case CatalogAddition.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }

  private ApiResult remove(String text, Attribution actor) {
    Name name = ApiNames.parse(text);
    if (name == null || catalogs.catalog(name) == null) {
      return noSuchCatalog(text);
    }
    return switch (zones.remove(name, actor)) {
      case ZoneRemoval.Removed _ -> ApiResult.ok(new RemovedView(ApiNames.text(name)));
      case ZoneRemoval.NoSuchZone _, ZoneRemoval.HasHosts _ -> noSuchCatalog(text);
      case ZoneRemoval.Failed failed -> ApiResult.trouble(failed.incident());
    };
  }

  private CatalogView view(Catalog catalog) {
    Zone zone = zones.zone(catalog.zone());
    return new CatalogView(
        ApiNames.text(catalog.zone()),
        zone == null ? 0 : zone.serial(),
        catalog.except().stream().sorted().map(ApiNames::text).toList(),
        catalogs.members(catalog.zone()).stream().map(ApiNames::text).toList(),
        catalog.createdAt().toString());
  }
}
