package net.homeport.web.console;

import java.time.InstantSource;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.console.SiteModel.SitePage;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /sites}: every site; {@code ?page=} turns pages. {@code GET /sites/NAME}: one. */
final class SitePageHandler extends ConsoleResource {
  private static final Logger LOG = LoggerFactory.getLogger(SitePageHandler.class);

  private final ConsoleAccess access;
  private final SitePages pages;
  private final ConsoleTemplates templates;
  private final InstantSource clock;

  SitePageHandler(
      ConsoleAccess access, SitePages pages, ConsoleTemplates templates, InstantSource clock) {
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
    String path = request.getHttpURI().getCanonicalPath();
    String name = path.substring(Math.min(path.length(), SitePages.PREFIX.length()));
    boolean signedIn = admission == Admission.SESSION;
    try {
      SitePage site = name.isEmpty() ? null : pages.page(name);
      if (name.isEmpty()) {
        byte[] list = templates.sites(pages.table(view.page()), clock.instant(), signedIn);
        Answers.send(response, callback, HttpStatus.OK_200, HTML, list);
      } else if (site == null) {
        byte[] notice = templates.notice("No such site", "This server has no site of that name.");
        Answers.send(response, callback, HttpStatus.NOT_FOUND_404, HTML, notice);
      } else {
        byte[] page = templates.site(site, clock.instant(), signedIn);
        Answers.send(response, callback, HttpStatus.OK_200, HTML, page);
      }
    } catch (RuntimeException e) {
      LOG.error("the console cannot show sites", e);
      unavailable(response, callback, templates, "The sites cannot be read now");
    }
  }
}
