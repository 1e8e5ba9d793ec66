package net.homeport.web.console;

import java.time.Instant;
import java.time.InstantSource;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page that shows what the server knows, to whoever may see the console. Who may see the table of
 * hosts may see all of them.
 */
abstract class ConsolePage extends ConsoleResource {
  private static final Logger LOG = LoggerFactory.getLogger(ConsolePage.class);

  private static final String RETRY_AFTER_SECONDS = "10";

  private final String what;
  private final ConsoleAccess access;
  private final ConsoleTemplates templates;
  private final InstantSource clock;

  /**
   * @param what it shows, for the log and for people: {@code hosts}
   */
  ConsolePage(String what, ConsoleAccess access, ConsoleTemplates templates, InstantSource clock) {
    super(HttpMethod.GET, HttpMethod.HEAD);
    this.what = what;
    this.access = access;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * What somebody wants to see.
   *
   * @param signedIn whether by a session, which can be ended
   */
  record Wanted(Request request, Fields query, Instant now, boolean signedIn) {
    /** What follows this in the path. */
    String behind(String prefix) {
      String path = request.getHttpURI().getCanonicalPath();
      return path.substring(Math.min(path.length(), prefix.length()));
    }
  }

  /** What is shown. */
  static final class Shown {
    private final int status;
    private final byte[] html;

    private Shown(int status, byte[] html) {
      this.status = status;
      this.html = html;
    }

    static Shown page(byte[] html) {
      return new Shown(HttpStatus.OK_200, html);
    }

    static Shown missing(byte[] html) {
      return new Shown(HttpStatus.NOT_FOUND_404, html);
    }
  }

  /** Shows it; any exception is told as data that cannot be read now. */
  abstract Shown shown(Wanted wanted) throws InterruptedException;

  @Override
  final void answer(Request request, Response response, Callback callback) {
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
    Shown shown;
    try {
      shown = shown(new Wanted(request, query, clock.instant(), admission == Admission.SESSION));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      unavailable(response, callback);
      return;
    } catch (RuntimeException e) {
      LOG.error("the console cannot show {} at {}", what, request.getHttpURI().getPath(), e);
      unavailable(response, callback);
      return;
    }
    Answers.send(response, callback, shown.status, HTML, shown.html);
  }

  private void unavailable(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    byte[] page =
        templates.notice(
            "The " + what + " cannot be read now",
            "DNS answers from memory and is not touched by this. The log says what is wrong;"
                + " load this page again when it is mended.");
    Answers.send(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, HTML, page);
  }
}
