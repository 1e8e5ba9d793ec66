package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
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
      case KNSUPDATE -> "knsupdate, first the content of " + key.name() + ".knot (mode 600)";
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
          update add %s
          send
          EOF
          """
              .formatted(file(), server, port, exampleRecord());
      case KNSUPDATE ->
          """
          %s:%s:%s

          knsupdate -k %s.knot <<'EOF'
          server %s %s
          zone %s.
          update add %s
          send
          EOF
          """
              .formatted(
                  key.algorithm(),
                  key.name(),
                  secret,
                  key.name(),
                  server,
                  port,
                  zone(), // knsupdate, unlike nsupdate, does not find it out.
                  exampleRecord());
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
            { "name": "%s.", "key-name": "%s",
              "dns-servers": [ { "ip-address": "%s", "port": %s } ] }
          ] }
          """
              .formatted(
                  key.name(),
                  key.algorithm().toUpperCase(Locale.ROOT),
                  secret,
                  zone(),
                  key.name(),
                  server,
                  port);
    };
  }

  private String authority() {
    return (server.contains(":") ? "[" + server + "]" : server) + ":" + port;
  }

  /** What follows the first of these words in the key's first rule; empty if none is there. */
  private String ofRule(String... wanted) {
    if (key.rules().isEmpty()) {
      return "";
    }
    List<String> words = List.of(key.rules().getFirst().rule().split(" ", -1));
    for (String word : wanted) {
      int at = words.indexOf(word);
      if (at >= 0 && at + 1 < words.size()) {
        return words.get(at + 1);
      }
    }
    return "";
  }

  private String zone() {
    String zone = ofRule("zone", "subtree");
    return zone.isEmpty() ? "ZONE" : zone;
  }

  /** A record that the key may add, as far as its first rule tells plainly. */
  private String exampleRecord() {
    String pattern = ofRule("pattern").replace("*", "test");
    String owner = pattern.isEmpty() ? ofRule("owner") : pattern;
    String subtree = ofRule("subtree");
    String below = subtree.isEmpty() ? key.name() : "test." + subtree;
    List<String> types = List.of(ofRule("type").split(",", -1));
    return "%s. 60 %s"
        .formatted(
            owner.isEmpty() ? below : owner,
            types.contains("TXT") && !types.contains("A") ? "TXT test" : "A 198.51.100.7");
  }
}
