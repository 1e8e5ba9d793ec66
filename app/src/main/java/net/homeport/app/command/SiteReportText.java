package net.homeport.app.command;

import java.io.PrintWriter;
import java.util.List;
import net.homeport.web.api.SiteModel.HostPlanView;
import net.homeport.web.api.SiteModel.PolicyView;
import net.homeport.web.api.SiteModel.SiteView;
import net.homeport.web.api.SiteModel.SourceView;
import net.homeport.web.api.SiteModel.UplinkView;
import net.homeport.web.api.SiteModel.ValueView;
import org.jspecify.annotations.Nullable;

/** A site, for a person. */
final class SiteReportText {
  private SiteReportText() {}

  /** Prints the answer of the server, which is a site. */
  static int print(String answer, ServerOptions options, PrintWriter out) {
    if (options.json()) {
      out.print(answer);
    } else {
      print(ServerOptions.read(answer, SiteView.class), out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(SiteView site, PrintWriter out) {
    out.printf("Site %s%n", site.name());
    if (site.sources().isEmpty()) {
      out.printf(
          "No address sources yet; add one with './homeport site source %s lan --reporter HOST'.%n",
          site.name());
      return;
    }
    out.println();
    sources(site, out);
    if (!site.uplinks().isEmpty()) {
      out.println();
      uplinks(site, out);
    }
    out.println();
    hosts(site, out);
  }

  private static void sources(SiteView site, PrintWriter out) {
    var table = new TextTable("SOURCE", "TAKES", "REPORTER", "UPLINK", "VALUE", "SINCE");
    for (SourceView source : site.sources()) {
      Integer length = source.prefixLength();
      String takes = length == null ? source.takes() : source.takes() + "/" + length;
      String reporter = source.reporter();
      List<ValueView> values =
          site.values().stream().filter(value -> value.source().equals(source.name())).toList();
      if (values.isEmpty()) {
        table.row(source.name(), takes, orDash(reporter), "-", "not reported yet", "-");
      }
      for (ValueView value : values) {
        table.row(
            source.name(),
            takes,
            orDash(reporter),
            value.uplink().isEmpty() ? "-" : value.uplink(),
            value.value(),
            value.at());
      }
    }
    table.print(out);
    for (ValueView value : site.values()) {
      if (value.lengthBefore() != null) {
        out.printf(
            "! %s was a /%d before: subnet numbers and suffixes may fit no more.%n",
            value.source(), value.lengthBefore());
      }
    }
  }

  private static void uplinks(SiteView site, PrintWriter out) {
    PolicyView policy = site.policy();
    out.printf(
        "Uplinks: %s, hold-down %d s, fail-back after %d s%s%n",
        policy.kind(),
        policy.holdDown(),
        policy.failBackDelay(),
        site.unstable() ? "; unstable: TTL %d s".formatted(policy.unstableTtl()) : "");
    var table =
        new TextTable("UPLINK", "STATE", "IN USE", "WEIGHT", "INTERVAL", "HEARD", "CREDENTIAL");
    for (UplinkView uplink : site.uplinks()) {
      table.row(
          uplink.name(),
          uplink.state(),
          uplink.inUse() ? "yes" : "no",
          String.valueOf(uplink.weight()),
          uplink.interval() + " s",
          orDash(uplink.heardAt()),
          orDash(uplink.username()));
    }
    table.print(out);
  }

  private static void hosts(SiteView site, PrintWriter out) {
    if (site.hosts().isEmpty()) {
      out.printf(
          "No hosts yet; add one with './homeport site host %s HOST --ipv6 lan+::10'.%n",
          site.name());
      return;
    }
    var table = new TextTable("HOST", "IPV4", "IPV6", "ADDRESSES");
    for (HostPlanView host : site.hosts()) {
      table.row(
          host.host(),
          host.ipv4(),
          host.ipv6(),
          host.addresses().isEmpty() ? "-" : String.join(" ", host.addresses()));
    }
    table.print(out);
    for (HostPlanView host : site.hosts()) {
      host.misfits().forEach(misfit -> out.printf("! %s: %s.%n", host.host(), misfit));
    }
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : text;
  }
}
