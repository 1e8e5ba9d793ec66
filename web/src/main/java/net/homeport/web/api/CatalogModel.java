package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the API of catalog zones. Times are RFC 3339 in UTC. */
public final class CatalogModel {
  private CatalogModel() {}

  /**
   * What to add as a catalog.
   *
   * @param except zones that it leaves out; null for none
   */
  @Json
  public record NewCatalog(@Nullable String name, @Nullable List<String> except) {}

  /**
   * A catalog.
   *
   * @param serial of its zone at present
   * @param except zones that it leaves out
   * @param members zones that it lists at present
   */
  @Json
  public record CatalogView(
      String name, long serial, List<String> except, List<String> members, String createdAt) {}

  /** All catalogs. */
  @Json
  public record CatalogList(List<CatalogView> catalogs) {}
}
