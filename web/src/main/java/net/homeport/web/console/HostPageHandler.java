package net.homeport.web.console;

import java.time.InstantSource;
import net.homeport.registry.host.Host;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.console.HostPageModel.HostPage;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /hosts/NAME}: what one host's device sent, what it was told, and what follows; with
 * {@code ?changes} also its last changes, which are read from the disk. Who may see the table of
 * hosts may see each host.
 */
final class HostPageHandler extends ConsoleResource {
  private static final Logger LOG = LoggerFactory.getLogger(HostPageHandler.class);

  private final ConsoleAccess access;
  private final HostPages pages;
  private final ConsoleTemplates templates;
  private final InstantSource clock;

  HostPageHandler(
      ConsoleAccess access, HostPages pages, ConsoleTemplates templates, InstantSource clock) {
    super(HttpMethod.GET, HttpMethod.HEAD);
    this.access = access;
    this.pages = pages;
    this.templates = templates;
    this.clock = clock;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    Admission admission = access.admission(request);
    if (admission == Admission.DENIED) {
      // Before anything is looked up: a stranger learns of no name whether it is a host.
      redirect(response, callback, "/login");
      return;
    }
    Fields query;
    try {
      query = Request.extractQueryParameters(request);
    } catch (RuntimeException _) {
      text(response, callback, HttpStatus.BAD_REQUEST_400, HostView.UNREADABLE);
      return;
    }
    Host host = pages.host(name(request, query));
    if (host == null) {
      noSuchHost(response, callback);
      return;
    }
    byte[] page;
    try {
      boolean withChanges = query.get("changes") != null;
      HostPage shown = pages.page(host, PageOrigin.of(request), withChanges, clock.instant());
      page = templates.host(shown, clock.instant(), admission == Admission.SESSION);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      unavailable(response, callback, templates, "The host cannot be read now");
      return;
    } catch (RuntimeException e) {
      LOG.error("the console cannot show the host {}", host.name(), e);
      unavailable(response, callback, templates, "The host cannot be read now");
      return;
    }
    Answers.send(response, callback, HttpStatus.OK_200, HTML, page);
  }

  private static String name(Request request, Fields query) {
    String path = request.getHttpURI().getCanonicalPath();
    String name = path.substring(Math.min(path.length(), HostPages.PREFIX.length()));
    String asked = query.getValue("name");
    return name.isEmpty() && asked != null ? asked : name;
  }

  private void noSuchHost(Response response, Callback callback) {
    byte[] page =
        templates.notice(
            "No such host",
            "This server has no host of that name; it may have been removed. The list of hosts"
                + " shows those it has.");
    Answers.send(response, callback, HttpStatus.NOT_FOUND_404, HTML, page);
  }
}
