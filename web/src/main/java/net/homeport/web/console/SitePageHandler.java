package net.homeport.web.console;

import java.time.InstantSource;
import net.homeport.web.console.SiteModel.SitePage;

/** {@code GET /sites}: every site; {@code ?page=} turns pages. {@code GET /sites/NAME}: one. */
final class SitePageHandler extends ConsolePage {
  private final SitePages pages;
  private final ConsoleTemplates templates;

  SitePageHandler(
      ConsoleAccess access, SitePages pages, ConsoleTemplates templates, InstantSource clock) {
    super("sites", access, templates, clock);
    this.pages = pages;
    this.templates = templates;
  }

  @Override
  Shown shown(Wanted wanted) {
    String name = wanted.behind(SitePages.PREFIX);
    if (name.isEmpty()) {
      int page = HostView.of(wanted.query()).page();
      return Shown.page(templates.sites(pages.table(page), wanted.now(), wanted.signedIn()));
    }
    SitePage site = pages.page(name);
    return site == null
        ? Shown.missing(templates.notice("No such site", "This server has no site of that name."))
        : Shown.page(templates.site(site, wanted.now(), wanted.signedIn()));
  }
}
