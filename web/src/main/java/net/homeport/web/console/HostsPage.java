package net.homeport.web.console;

import java.time.InstantSource;

/** {@code GET /}: every host; {@code ?q=} filters by name, {@code ?page=} turns pages. */
final class HostsPage extends ConsolePage {
  private final HostTables tables;
  private final ConsoleTemplates templates;

  HostsPage(
      ConsoleAccess access, HostTables tables, ConsoleTemplates templates, InstantSource clock) {
    super("hosts", access, templates, clock);
    this.tables = tables;
    this.templates = templates;
  }

  @Override
  Shown shown(Wanted wanted) {
    HostView view = HostView.of(wanted.query());
    return Shown.page(templates.hosts(tables.table(view), wanted.now(), wanted.signedIn()));
  }
}
