package net.homeport.web.acmedns;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of acme-dns, word for word. */
final class AcmeDnsModel {
  private AcmeDnsModel() {}

  /** What to register. */
  @Json
  record NewClient(@Nullable List<String> allowfrom) {}

  /** What was registered. */
  @Json
  record ClientView(
      String username,
      String password,
      String fulldomain,
      String subdomain,
      List<String> allowfrom) {
    @Override
    public String toString() {
      return "ClientView[" + username + "]";
    }
  }

  /** An answer to publish. */
  @Json
  record Answer(@Nullable String subdomain, @Nullable String txt) {}

  /** The answer was published. */
  @Json
  record Published(String txt) {}

  /** It was not. */
  @Json
  record Trouble(String error) {}
}
