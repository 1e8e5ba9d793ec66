package net.homeport.web.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.time.Instant;
import java.util.Map;
import net.homeport.web.console.ConsoleModel.HostTable;
import net.homeport.web.console.ConsoleModel.Links;
import net.homeport.web.console.HostPageModel.HostPage;
import net.homeport.web.console.SiteModel.SitePage;
import net.homeport.web.console.SiteModel.SiteTable;

/** Renders the console's templates, which escape all they are given. Thread safe. */
final class ConsoleTemplates {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Links links;

  ConsoleTemplates(Assets assets) {
    this.links =
        new Links(assets.url("console.css"), assets.url("console.js"), assets.url("homeport.svg"));
  }

  /**
   * The page of hosts.
   *
   * @param signedIn whether the viewer has a session to end
   */
  byte[] hosts(HostTable table, Instant now, boolean signedIn) {
    return render(
        "console/page.jte",
        Map.of("links", links, "table", table, "now", now, "signedIn", signedIn));
  }

  /**
   * The page of one host.
   *
   * @param signedIn whether the viewer has a session to end
   */
  byte[] host(HostPage page, Instant now, boolean signedIn) {
    return render(
        "console/host.jte", Map.of("links", links, "page", page, "now", now, "signedIn", signedIn));
  }

  /** The page of sites. */
  byte[] sites(SiteTable table, Instant now, boolean signedIn) {
    return render(
        "console/sites.jte",
        Map.of("links", links, "table", table, "now", now, "signedIn", signedIn));
  }

  /** The page of one site. */
  byte[] site(SitePage page, Instant now, boolean signedIn) {
    return render(
        "console/site.jte", Map.of("links", links, "page", page, "now", now, "signedIn", signedIn));
  }

  /** The parts of the page of hosts that change by themselves. */
  byte[] live(HostTable table, Instant now) {
    return render("console/live.jte", Map.of("table", table, "now", now));
  }

  /**
   * The form that asks for the administrator's token.
   *
   * @param problem why it is shown again; empty the first time
   */
  byte[] login(String problem) {
    return render("console/login.jte", Map.of("links", links, "problem", problem));
  }

  /** A page that says why there is no other. */
  byte[] notice(String title, String detail) {
    return render("console/notice.jte", Map.of("links", links, "title", title, "detail", detail));
  }

  private byte[] render(String template, Map<String, Object> parameters) {
    var output = new Utf8ByteOutput();
    engine.render(template, parameters, output);
    return output.toByteArray();
  }
}
