package net.homeport.web.dyndns2;

import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.http.Answers;
import net.homeport.web.http.BasicCredentials;
import net.homeport.web.http.Origins;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET} or {@code POST /nic/update}, {@code /v2/update} and {@code /v3/update}. */
public final class Dyndns2Handler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Dyndns2Handler.class);
  private static final String FRONT_DOOR = "dyndns2";
  private static final int FORM_FIELDS_MAX = 64;
  private static final int FORM_OCTETS_MAX = 16 * 1024;

  private final HostUpdates updates;
  private final Origins origins;

  public Dyndns2Handler(HostUpdates updates, Origins origins) {
    this.updates = updates;
    this.origins = origins;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean post = HttpMethod.POST.is(request.getMethod());
    if (!post && !HttpMethod.GET.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, POST");
      return Answers.send(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "badagent\n");
    }
    Fields parameters;
    try {
      parameters = Request.extractQueryParameters(request);
      if (post) {
        parameters =
            Fields.combine(
                parameters, FormFields.getFields(request, FORM_FIELDS_MAX, FORM_OCTETS_MAX));
      }
    } catch (RuntimeException e) {
      // Octets that are no parameters: a percent sign astray, or not UTF-8, or far too much.
      LOG.debug("unreadable update parameters", e);
      return send(new Dyndns2Reply(HttpStatus.BAD_REQUEST_400, "notfqdn\n"), response, callback);
    }
    return send(reply(request, parameters), response, callback);
  }

  private Dyndns2Reply reply(Request request, Fields parameters) {
    BasicCredentials credentials = credentials(request, parameters);
    if (credentials == null) {
      return Dyndns2Reply.BAD_AUTH;
    }
    RequestOrigin origin = origins.of(request, FRONT_DOOR);
    Dyndns2Query query = Dyndns2Query.of(parameters).orSource(origin.source());
    try {
      UpdateAnswer answer =
          updates.update(
              new UpdateRequest(
                  new Presented.Password(credentials.username(), credentials.password()),
                  origin,
                  query.wishes()));
      logFailures(answer, credentials);
      return Dyndns2Reply.of(answer, query.spelling());
    } catch (RuntimeException e) {
      LOG.error("an update of {} failed: a defect of Homeport", credentials.username(), e);
      return Dyndns2Reply.TROUBLE;
    }
  }

  private static void logFailures(UpdateAnswer answer, BasicCredentials credentials) {
    if (answer instanceof UpdateAnswer.PerHost perHost) {
      for (UpdateOutcome outcome : perHost.outcomes()) {
        if (outcome instanceof UpdateOutcome.Failed failed) {
          LOG.debug("update by {} answered 911: {}", credentials.username(), failed.incident());
        }
      }
    }
  }

  /** From the header; or, as Synology's and others' URL templates have it, from the query. */
  private static @Nullable BasicCredentials credentials(Request request, Fields parameters) {
    BasicCredentials basic = BasicCredentials.of(request);
    String username = parameters.getValue("username");
    String password = parameters.getValue("password");
    return basic == null && username != null && password != null
        ? new BasicCredentials(username, password)
        : basic;
  }

  private static boolean send(Dyndns2Reply reply, Response response, Callback callback) {
    switch (reply.status()) {
      case HttpStatus.UNAUTHORIZED_401 ->
          response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Homeport\"");
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          response
              .getHeaders()
              .put(HttpHeader.RETRY_AFTER, Long.toString(reply.retryAfter().toSeconds()));
      default -> {}
    }
    return Answers.send(response, callback, reply.status(), "text/plain", reply.body());
  }
}
