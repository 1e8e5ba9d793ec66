package net.homeport.web.console;

import java.time.Duration;
import net.homeport.web.console.ConsoleAccess.Admission;
import net.homeport.web.console.ConsoleAccess.SignIn;
import net.homeport.web.http.Answers;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /login}: asks for the administrator's token, and checks it. */
final class LoginPage extends ConsoleResource {
  private static final int FORM_FIELDS_MAX = 8;
  private static final int FORM_OCTETS_MAX = 4 * 1024;

  private final ConsoleAccess access;
  private final ConsoleTemplates templates;

  LoginPage(ConsoleAccess access, ConsoleTemplates templates) {
    super(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    this.access = access;
    this.templates = templates;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    if (HttpMethod.POST.is(request.getMethod())) {
      signIn(request, response, callback);
    } else if (access.admission(request) == Admission.DENIED) {
      form(response, callback, HttpStatus.OK_200, "");
    } else {
      redirect(response, callback, "/");
    }
  }

  private void signIn(Request request, Response response, Callback callback) {
    String token;
    try {
      token = FormFields.getFields(request, FORM_FIELDS_MAX, FORM_OCTETS_MAX).getValue("token");
    } catch (RuntimeException _) {
      // Far too long, or no form at all. What it held may be secret, so it is not logged.
      text(response, callback, HttpStatus.BAD_REQUEST_400, "send a form with the field 'token'");
      return;
    }
    switch (access.signIn(request, token == null ? "" : token.strip())) {
      case SignIn.Welcome(var cookie) -> {
        Response.addCookie(response, cookie);
        redirect(response, callback, "/");
      }
      case SignIn.Wrong _ ->
          form(
              response,
              callback,
              HttpStatus.UNAUTHORIZED_401,
              "That is not the administrator’s token of this server.");
      case SignIn.Slowed(var retryAfter) -> {
        long seconds = roundedUp(retryAfter);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
        form(
            response,
            callback,
            HttpStatus.TOO_MANY_REQUESTS_429,
            "Too many wrong tokens came from your address. Try again in %s."
                .formatted(Wording.count(seconds, "second")));
      }
    }
  }

  private static long roundedUp(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private void form(Response response, Callback callback, int status, String problem) {
    Answers.send(response, callback, status, HTML, templates.login(problem));
  }
}
