package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import net.homeport.web.exchange.Exchange;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The JSON of what devices said and were told. */
public final class ExchangeModel {
  private ExchangeModel() {}

  /**
   * One request of a device.
   *
   * @param frontDoor the dialect it spoke
   * @param tls the version of TLS; null in clear
   * @param proven whether it proved who it is
   * @param request what it sent, with secrets masked
   * @param userAgent what it calls itself
   * @param client what that is, by our knowledge
   * @param status HTTP status of the answer
   * @param answer its text
   * @param understood what that client makes of it
   * @param notes what was odd
   */
  @Json
  public record ExchangeView(
      String at,
      String from,
      String frontDoor,
      @Nullable String tls,
      boolean proven,
      String request,
      String userAgent,
      String client,
      int status,
      String answer,
      String understood,
      List<String> notes) {}

  /** The last exchanges about a host, the newest first. */
  @Json
  public record ExchangeList(String host, List<ExchangeView> exchanges) {}

  static ExchangeList view(Name host, List<Exchange> exchanges) {
    return new ExchangeList(
        ApiNames.text(host), exchanges.stream().map(ExchangeModel::view).toList());
  }

  private static ExchangeView view(Exchange exchange) {
    return new ExchangeView(
        exchange.at().toString(),
        AddressText.of(exchange.source()),
        exchange.frontDoor(),
        exchange.tlsVersion(),
        exchange.proven(),
        exchange.request(),
        exchange.userAgent(),
        exchange.client().label(),
        exchange.status(),
        exchange.answer(),
        exchange.understood(),
        exchange.notes());
  }
}
