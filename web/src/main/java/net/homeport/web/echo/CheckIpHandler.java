package net.homeport.web.echo;

import java.util.List;
import net.homeport.web.http.Answers;
import net.homeport.web.http.ClientAddress;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The caller's address: as plain text, and as the sentence in a page that dyndns clients search for
 * (checkip.dyndns.com) when the caller asks for HTML.
 */
public final class CheckIpHandler extends Handler.Abstract {
  private final ClientAddress clientAddress;

  public CheckIpHandler(ClientAddress clientAddress) {
    super(InvocationType.NON_BLOCKING);
    this.clientAddress = clientAddress;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String address = AddressText.of(clientAddress.of(request));
    List<String> accepted = request.getHeaders().getValuesList(HttpHeader.ACCEPT);
    boolean html = accepted.stream().anyMatch(type -> type.contains("text/html"));
    return html
        ? Answers.send(response, callback, HttpStatus.OK_200, "text/html", page(address))
        : Answers.send(response, callback, HttpStatus.OK_200, "text/plain", address + "\n");
  }

  private static String page(String address) {
    return "<html><head><title>Current IP Check</title></head><body>Current IP Address: "
        + address
        + "</body></html>\n";
  }
}
