package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import net.homeport.web.api.KeyModel.KeyView;
import org.jspecify.annotations.Nullable;

/**
 * What a person needs to let a program sign updates with a key: lines to copy. No recipe puts the
 * secret into arguments of a command, where every user of a machine can read it.
 *
 * @param secret in Base64
 * @param server address at which this server answers DNS
 * @param port its port
 */
record KeyRecipe(KeyView key, String secret, String server, String port) {
  /** For which program. */
  enum Program {
    BIND,
    NSUPDATE,
    KNSUPDATE,
    CERTBOT,
    LEGO,
    KEA
  }

  /** Of {@code dns}, ADDRESS:PORT, the first that DNS is served at; empty if not known. */
  static KeyRecipe of(KeyView key, String secret, String dns) {
    int colon = dns.lastIndexOf(':');
    return colon < 0
        ? new KeyRecipe(key, secret, "SERVER", "53")
        : new KeyRecipe(
            key,
            secret,
            dns.substring(0, colon).replace("[", "").replace("]", ""),
            dns.substring(colon + 1));
  }

  /** All recipes, or that of one program. */
  void print(PrintWriter out, @Nullable Program only) {
    for (Program program : Program.values()) {
      if (only == null || only == program) {
        out.printf("%s:%n%s%n", heading(program), text(program).indent(2).stripTrailing());
        out.println();
      }
    }
  }

  private String file() {
    return key.name() + ".key";
  }

  private String heading(Program program) {
    return switch (program) {
      case BIND -> "BIND, key file " + file() + " (mode 600)";
      case NSUPDATE -> "nsupdate, with that file";
      case KNSUPDATE -> "knsupdate, with " + key.name() + ".knot (mode 600)";
      case CERTBOT -> "certbot, rfc2136.ini (mode 600)";
      case LEGO -> "lego, environment";
      case KEA -> "Kea, kea-dhcp-ddns.conf";
    };
  }

  String text(Program program) {
    return switch (program) {
      case BIND ->
          """
          key "%s" {
              algorithm %s;
              secret "%s";
          };
          """
              .formatted(key.name(), key.algorithm(), secret);
      case NSUPDATE ->
          """
          nsupdate -k %s <<'EOF'
          server %s %s
          update add %s 60 A 198.51.100.7
          send
          EOF
          """
              .formatted(file(), server, port, exampleOwner());
      case KNSUPDATE ->
          """
          echo '%s:%s:%s' > %s.knot
          knsupdate -k %s.knot <<'EOF'
          server %s %s
          update add %s 60 A 198.51.100.7
          send
          EOF
          """
              .formatted(
                  key.algorithm(),
                  key.name(),
                  secret,
                  key.name(),
                  key.name(),
                  server,
                  port,
                  exampleOwner());
      case CERTBOT ->
          """
          dns_rfc2136_server = %s
          dns_rfc2136_port = %s
          dns_rfc2136_name = %s.
          dns_rfc2136_secret = %s
          dns_rfc2136_algorithm = %s
          """
              .formatted(
                  server, port, key.name(), secret, key.algorithm().toUpperCase(Locale.ROOT));
      case LEGO ->
          """
          RFC2136_NAMESERVER=%s
          RFC2136_TSIG_KEY=%s
          RFC2136_TSIG_ALGORITHM=%s.
          RFC2136_TSIG_SECRET=%s
          """
              .formatted(authority(), key.name(), key.algorithm(), secret);
      case KEA ->
          """
          "tsig-keys": [
            { "name": "%s", "algorithm": "%s", "secret": "%s" }
          ],
          "forward-ddns": { "ddns-domains": [
            { "name": "ZONE.", "key-name": "%s",
              "dns-servers": [ { "ip-address": "%s", "port": %s } ] }
          ] }
          """
              .formatted(
                  key.name(),
                  key.algorithm().toUpperCase(Locale.ROOT),
                  secret,
                  key.name(),
                  server,
                  port);
    };
  }

  private String authority() {
    return (server.contains(":") ? "[" + server + "]" : server) + ":" + port;
  }

  /** A name that the key may change, as its first rule tells, if it is that plain. */
  private String exampleOwner() {
    if (!key.rules().isEmpty()) {
      String[] words = key.rules().getFirst().rule().split(" ", -1);
      for (int i = 0; i + 1 < words.length; i++) {
        switch (words[i]) {
          case "owner" -> {
            return words[i + 1] + ".";
          }
          case "subtree" -> {
            return "test." + words[i + 1] + ".";
          }
          default -> {}
        }
      }
    }
    return key.name() + ".";
  }
}
