package net.homeport.web.console;

import java.time.InstantSource;
import net.homeport.registry.host.Host;
import net.homeport.web.console.HostPageModel.HostPage;

/**
 * {@code GET /hosts/NAME}: what one host's device sent, what it was told, and what follows; with
 * {@code ?changes} also its last changes, which are read from the disk.
 */
final class HostPageHandler extends ConsolePage {
  private final HostPages pages;
  private final ConsoleTemplates templates;

  HostPageHandler(
      ConsoleAccess access, HostPages pages, ConsoleTemplates templates, InstantSource clock) {
    super("host", access, templates, clock);
    this.pages = pages;
    this.templates = templates;
  }

  @Override
  Shown shown(Wanted wanted) throws InterruptedException {
    Host host = pages.host(name(wanted));
    if (host == null) {
      return Shown.missing(
          templates.notice(
              "No such host",
              "This server has no host of that name; it may have been removed. The list of hosts"
                  + " shows those it has."));
    }
    boolean withChanges = wanted.query().get("changes") != null;
    HostPage page = pages.page(host, PageOrigin.of(wanted.request()), withChanges, wanted.now());
    return Shown.page(templates.host(page, wanted.now(), wanted.signedIn()));
  }

  private static String name(Wanted wanted) {
    String name = wanted.behind(HostPages.PREFIX);
    String asked = wanted.query().getValue("name");
    return name.isEmpty() && asked != null ? asked : name;
  }
}
