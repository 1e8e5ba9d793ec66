package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import net.homeport.web.api.ApiModel.StatusView;
import net.homeport.web.api.SecondaryModel.SecondaryCatalog;
import net.homeport.web.api.SecondaryModel.SecondaryView;
import net.homeport.web.api.SecondaryModel.SecondaryZone;
import org.jspecify.annotations.Nullable;

/** What to paste into the configuration of a secondary. */
final class SecondaryRecipe {
  private static final String SECRET = "SECRET_OF_THE_KEY";

  /** Whose configuration. */
  enum Server {
    /** Knot DNS. */
    KNOT,
    /** NSD. */
    NSD,
    /** BIND. */
    BIND
  }

  private final SecondaryView secondary;
  private final String address;
  private final String port;
  private final @Nullable TransferTls tls;
  private final List<String> catalogs;

  /** All zones but catalogs. */
  private final List<String> plain;

  /** Those of them that no catalog lists. */
  private final List<String> unlisted;

  /**
   * @param dns where this server serves DNS, as {@code ADDRESS:PORT}; may be empty
   * @param status how this server is, if zones go there within TLS only; else null
   */
  SecondaryRecipe(SecondaryView secondary, String dns, @Nullable StatusView status) {
    this.secondary = secondary;
    this.tls = status == null ? null : TransferTls.of(status);
    String from = tls == null ? dns : tls.address();
    int colon = from.lastIndexOf(':');
    String host = colon < 0 ? "" : from.substring(0, colon).replaceAll("[\\[\\]]", "");
    boolean isAny = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    this.address = isAny ? "ADDRESS_OF_THIS_SERVER" : host;
    this.port = colon < 0 ? (tls == null ? "53" : "853") : from.substring(colon + 1);
    List<String> chosen = secondary.zones();
    List<String> had =
        chosen != null ? chosen : secondary.status().stream().map(SecondaryZone::zone).toList();
    this.catalogs = secondary.catalogs().stream().map(SecondaryCatalog::zone).toList();
    this.plain = had.stream().filter(zone -> !catalogs.contains(zone)).toList();
    this.unlisted =
        plain.stream()
            .filter(zone ->
                secondary.catalogs().stream().noneMatch(each -> each.members().contains(zone)))
            .toList();
  }

  /** Prints for one kind of server, or for all. */
  void print(PrintWriter out, @Nullable Server wanted) {
    for (Server server : Server.values()) {
      if (wanted == null || wanted == server) {
        out.println();
        switch (server) {
          case KNOT -> printKnot(out);
          case NSD -> printNsd(out);
          case BIND -> printBind(out);
        }
      }
    }
    if (tls != null && tls.address().isEmpty()) {
      out.println();
      out.println(
          "This server does not serve DNS over TLS yet: start it with --dot ADDRESS:853, and print this again.");
    }
    if (secondary.key() != null) {
      out.println();
      out.printf(
          "Put the secret that 'homeport key add %s' has shown in place of %s.%n",
          secondary.key(), SECRET);
    }
  }

  private void printKnot(PrintWriter out) {
    out.println(
        tls == null ? "# Knot DNS: knot.conf" : "# Knot DNS, version 3.4 or later: knot.conf");
    String key = secondary.key();
    if (key != null) {
      out.println("key:");
      out.printf("  - id: %s%n", key);
      out.printf("    algorithm: %s%n", secondary.keyAlgorithm());
      out.printf("    secret: %s%n", SECRET);
    }
    out.println("remote:");
    out.println("  - id: homeport");
    out.printf("    address: %s@%s%n", address, port);
    if (key != null) {
      out.printf("    key: %s%n", key);
    }
    if (tls != null) {
      out.println("    tls: on");
      if (tls.pin() != null) {
        out.printf("    cert-key: %s%n", tls.pin());
      }
    }
    out.println("acl:");
    out.println("  - id: homeport-notify");
    out.printf(key == null ? "    address: %s%n" : "    key: %s%n", key == null ? address : key);
    out.println("    action: notify");
    if (!catalogs.isEmpty()) {
      out.println("template:");
      out.println("  - id: homeport-member");
      out.println("    master: homeport");
      out.println("    acl: homeport-notify");
    }
    out.println("zone:");
    for (String zone : catalogs) {
      out.printf("  - domain: %s%n", zone);
      out.println("    master: homeport");
      out.println("    acl: homeport-notify");
      out.println("    catalog-role: interpret");
      out.println("    catalog-template: homeport-member");
    }
    for (String zone : unlisted) {
      out.printf("  - domain: %s%n", zone);
      out.println("    master: homeport");
      out.println("    acl: homeport-notify");
    }
  }

  private void printNsd(PrintWriter out) {
    out.println("# NSD: nsd.conf");
    String key = secondary.key();
    if (key != null) {
      out.println("key:");
      out.printf("  name: \"%s\"%n", key);
      out.printf("  algorithm: %s%n", secondary.keyAlgorithm());
      out.printf("  secret: \"%s\"%n", SECRET);
    }
    String by = key == null ? "NOKEY" : key;
    if (tls != null) {
      // NSD takes no certificate of which it does not know who vouches for it.
      out.println(
          "# In its section server: tls-cert-bundle: \"/etc/ssl/certs/ca-certificates.crt\"");
      out.println("tls-auth:");
      out.println("  name: \"homeport\"");
      out.printf(
          "  auth-domain-name: \"%s\"%n",
          tls.name() == null ? "NAME_OF_THE_CERTIFICATE" : tls.name());
    }
    for (String zone : plain) {
      out.println("zone:");
      out.printf("  name: \"%s\"%n", zone);
      out.printf("  zonefile: \"%s.zone\"%n", zone);
      out.printf("  allow-notify: %s %s%n", address, by);
      out.printf("  request-xfr: %s@%s %s%s%n", address, port, by, tls == null ? "" : " homeport");
    }
  }

  private void printBind(PrintWriter out) {
    String key = secondary.key();
    String by = (key == null ? "" : " key \"" + key + "\"") + (tls == null ? "" : " tls homeport");
    if (!catalogs.isEmpty()) {
      out.println("// BIND: named.conf, within options { }");
      out.println("allow-new-zones yes;");
      out.println("catalog-zones {");
      for (String zone : catalogs) {
        out.printf("  zone \"%s\"%n", zone);
        out.printf("    default-primaries { %s port %s%s; }%n", address, port, by);
        out.println("    in-memory yes min-update-interval 1;");
      }
      out.println("};");
    }
    out.println("// BIND: named.conf");
    if (key != null) {
      out.printf(
          "key \"%s\" { algorithm %s; secret \"%s\"; };%n", key, secondary.keyAlgorithm(), SECRET);
    }
    printBindTls(out);
    List<String> each = new ArrayList<>(catalogs);
    each.addAll(unlisted);
    for (String zone : each) {
      out.printf("zone \"%s\" {%n", zone);
      out.println("  type secondary;");
      out.printf("  file \"%s.db\";%n", zone);
      out.printf("  primaries { %s port %s%s; };%n", address, port, by);
      if (key != null) {
        out.printf("  allow-notify { key \"%s\"; };%n", key);
      }
      out.println("};");
    }
  }

  private void printBindTls(PrintWriter out) {
    if (tls == null) {
      return;
    }
    out.println("tls homeport {");
    out.println("  protocols { TLSv1.3; };");
    if (tls.name() == null) {
      out.println(
          "  // Nobody vouches for the certificate: what comes is secret, and its origin is");
      out.println("  // proven by the key. With a certificate by an authority:");
      out.println("  // ca-file \"/etc/ssl/certs/ca-certificates.crt\";");
      out.println("  // remote-hostname \"NAME\";");
    } else {
      out.println("  ca-file \"/etc/ssl/certs/ca-certificates.crt\";");
      out.printf("  remote-hostname \"%s\";%n", tls.name());
    }
    out.println("};");
  }
}
