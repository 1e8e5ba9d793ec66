package net.homeport.app.command;

import java.io.PrintWriter;
import java.net.URI;
import net.homeport.web.api.ApiModel.HostAdded;

/**
 * What a person needs to set up the device of a host that was just added: lines to copy.
 *
 * @param dns where this server answers DNS, as ADDRESS:PORT; empty if not known
 */
record DeviceRecipe(HostAdded added, URI server, String dns) {
  private static final String EXAMPLE_ADDRESS = "198.51.100.7";

  void print(PrintWriter out) {
    out.printf("Host %s added.%n%n", added.host());
    out.printf("  user name  %s%n", added.username());
    if (added.password() == null) {
      out.println("  password   that of the existing credential");
      return;
    }
    out.printf("  password   %s   (shown this once)%n%n", added.password());
    out.printf("Try it, with any address:%n%s%n", indented(curl()));
    if (!dns.isEmpty()) {
      out.printf("and see what DNS answers:%n%s%n", indented(dig()));
    }
    out.printf("ddclient, /etc/ddclient.conf:%n%s%n", indented(ddclient()));
    out.printf("inadyn, /etc/inadyn.conf:%n%s", indented(inadyn()));
  }

  private static String indented(String text) {
    return text.indent(2);
  }

  private String authority() {
    int port = server.getPort();
    return server.getHost() + (port < 0 ? "" : ":" + port);
  }

  private boolean encrypted() {
    return "https".equals(server.getScheme());
  }

  private String yesNo() {
    return encrypted() ? "yes" : "no";
  }

  String curl() {
    return "curl -u '%s:%s' '%s'"
        .formatted(
            added.username(),
            added.password(),
            server.resolve(
                "/nic/update?hostname=%s&myip=%s".formatted(added.host(), EXAMPLE_ADDRESS)));
  }

  private String dig() {
    int colon = dns.lastIndexOf(':');
    String host = dns.substring(0, colon).replace("[", "").replace("]", "");
    return "dig @%s -p %s %s +short".formatted(host, dns.substring(colon + 1), added.host());
  }

  String ddclient() {
    return """
    daemon=300
    ssl=%s
    use=web, web=%s
    protocol=dyndns2
    server=%s
    login=%s
    password='%s'
    %s
    """
        .formatted(
            yesNo(),
            server.resolve("/checkip"),
            authority(),
            added.username(),
            added.password(),
            added.host());
  }

  String inadyn() {
    return """
    period = 300
    custom homeport {
        username = %s
        password = %s
        hostname = %s
        ddns-server = "%s"
        ddns-path = "/nic/update?hostname=%%h&myip=%%i"
        ssl = %s
        checkip-server = "%s"
        checkip-path = "/checkip"
        checkip-ssl = %s
    }
    """
        .formatted(
            added.username(),
            added.password(),
            added.host(),
            authority(),
            encrypted(),
            authority(),
            encrypted());
  }
}
