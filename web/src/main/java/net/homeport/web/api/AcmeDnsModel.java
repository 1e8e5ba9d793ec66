package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the API of acme-dns registrations. Times are RFC 3339 in UTC. */
public final class AcmeDnsModel {
  private AcmeDnsModel() {}

  /**
   * A client that may answer the challenges of one host.
   *
   * @param id its user name and subdomain
   * @param name where its answers stand
   * @param credential user name of the credential that made it; null if that is not known or gone
   * @param allowedFrom networks from which it is taken; empty for anywhere
   * @param objection why it may publish nothing now; null if it may
   */
  @Json
  public record RegistrationView(
      String id,
      String host,
      @Nullable String name,
      @Nullable String credential,
      List<String> allowedFrom,
      String createdAt,
      @Nullable String objection) {}

  /** All of them, or those of a host. */
  @Json
  public record RegistrationList(List<RegistrationView> registrations) {}
}
