package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.ExchangeModel.ExchangeList;
import net.homeport.web.api.ExchangeModel.ExchangeView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport host exchanges}. */
@Command(
    name = "exchanges",
    description = {
      "Shows what a host's device sent last, what it was told, and what it makes of that.",
      "Kept in memory only: the last few requests, without their secrets."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport host exchanges branch1.dyn.example.org")
final class HostExchangesCommand extends RemoteCommand {
  @Parameters(paramLabel = "HOST", description = "The host's full name.")
  private String host = "";

  @Override
  String ask(ServerConnection server) throws RemoteException {
    return server.get("hosts/" + ServerConnection.segment(host) + "/exchanges");
  }

  @Override
  void print(PrintWriter out, String answer) {
    print(out, ServerOptions.read(answer, ExchangeList.class));
  }

  private static void print(PrintWriter out, ExchangeList list) {
    List<ExchangeView> exchanges = list.exchanges();
    if (exchanges.isEmpty()) {
      out.printf(
          "Nothing of %s is kept: it was not heard since the server was started, or many others were since.%n",
          list.host());
      out.println(
          "Its next report will be; if its device says that it sent one and nothing is here, it speaks to another server or port.");
      return;
    }
    for (ExchangeView exchange : exchanges) {
      String tls = exchange.tls();
      out.printf(
          "%s  %s, %s, %s%n",
          exchange.at(), exchange.from(), exchange.frontDoor(), tls == null ? "in clear" : tls);
      if (!exchange.proven()) {
        out.println("  it did not prove that it may change this host");
      }
      out.printf("  sent        %s%n", exchange.request());
      out.printf(
          "  client      %s%s%n",
          exchange.client(),
          exchange.userAgent().isEmpty() ? "" : " (" + exchange.userAgent() + ")");
      out.printf("  answer      %d %s%n", exchange.status(), exchange.answer());
      out.printf("  understood  %s%n", exchange.understood());
      exchange.notes().forEach(note -> out.printf("  note        %s%n", note));
    }
  }
}
