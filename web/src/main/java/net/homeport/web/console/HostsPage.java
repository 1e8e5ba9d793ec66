package net.homeport.web.console;

import java.time.InstantSource;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /}: every host; {@code ?q=} filters by name, {@code ?page=} turns pages. */
final class HostsPage extends ConsoleResource {
  private static final Logger LOG = LoggerFactory.getLogger(HostsPage.class);

  private final ConsoleAccess access;
  private final HostTables tables;
  private final ConsoleTemplates templates;
  private final InstantSource clock;

  HostsPage(
      ConsoleAccess access, HostTables tables, ConsoleTemplates templates, InstantSource clock) {
    super(HttpMethod.GET, HttpMethod.HEAD);
    this.access = access;
    this.tables = tables;
    this.templates = templates;
    this.clock = clock;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    Admission admission = access.admission(request);
    if (admission == Admission.DENIED) {
      redirect(response, callback, "/login");
      return;
    }
    HostView view;
    try {
      view = HostView.of(request);
    } catch (IllegalArgumentException e) {
      text(response, callback, HttpStatus.BAD_REQUEST_400, String.valueOf(e.getMessage()));
      return;
    }
    byte[] page;
    try {
      boolean signedIn = admission == Admission.SESSION;
      page = templates.hosts(tables.table(view), clock.instant(), signedIn);
    } catch (RuntimeException e) {
      LOG.error("the console cannot show the hosts", e);
      unavailable(response, callback, templates, "The hosts cannot be read now");
      return;
    }
    Answers.send(response, callback, HttpStatus.OK_200, HTML, page);
  }
}
