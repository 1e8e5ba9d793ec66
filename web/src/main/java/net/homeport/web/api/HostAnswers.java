package net.homeport.web.api;

import java.util.function.Function;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import org.eclipse.jetty.http.HttpStatus;
import org.xbill.DNS.Name;

/** What is answered about one host. */
final class HostAnswers {
  private HostAnswers() {}

  static ApiResult noSuchHost(String text) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such host",
        "this server has no host '%s'; 'homeport host list' shows those it has".formatted(text));
  }

  /** Does it with the host of the path, if they may; what they may not see is not there. */
  static ApiResult with(
      ApiRequest request,
      HostRegistry registry,
      HostDetails details,
      Deed deed,
      Function<Host, ApiResult> work) {
    Name name = ApiNames.parse(request.name());
    Host host = name == null ? null : registry.host(name);
    if (host == null) {
      return noSuchHost(request.name());
    }
    return switch (request.may(deed, details.accountOf(host.name()))) {
      case ALLOWED -> work.apply(host);
      case FORBIDDEN -> AccountAnswers.forbidden(deed);
      case HIDDEN -> noSuchHost(request.name());
    };
  }
}
