package net.homeport.web.dialect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.Observation;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.exchange.RequestText;
import net.homeport.web.http.Answers;
import net.homeport.web.http.BasicCredentials;
import net.homeport.web.http.Origins;
import net.homeport.web.http.SignedCredentials;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A front door: {@code GET} or {@code POST} in some dialect, the use case, and the answer in the
 * same dialect. Whole answers with a length, never a redirect.
 */
public final class DialectHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(DialectHandler.class);
  private static final int FORM_FIELDS_MAX = 64;
  private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int FORM_OCTETS_MAX = 16 * 1024;

  private final Function<DoorRequest, Dialect> dialects;
  private final HostUpdates updates;
  private final Origins origins;
  private final ExchangeLog exchanges;

  /**
   * @param dialects which dialect a request is in, where several share a path
   * @param exchanges keeps what was said
   */
  public DialectHandler(
      Function<DoorRequest, Dialect> dialects,
      HostUpdates updates,
      Origins origins,
      ExchangeLog exchanges) {
    this.dialects = dialects;
    this.updates = updates;
    this.origins = origins;
    this.exchanges = exchanges;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean post = HttpMethod.POST.is(request.getMethod());
    if (!post && !HttpMethod.GET.is(request.getMethod())) {
      // HEAD too: it must change nothing (RFC 9110 9.3.2), so it cannot tell what would be said.
      response.getHeaders().put(HttpHeader.ALLOW, "GET, POST");
      return Answers.send(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "badagent\n");
    }
    Spoken spoken = reply(request, post);
    return send(spoken.reply, spoken.contentType, response, callback);
  }

  private record Spoken(DoorReply reply, String contentType) {}

  private Spoken reply(Request request, boolean post) {
    var form = new Fields();
    DoorRequest asked;
    try {
      Fields parameters = query(request);
      Presented.Signed signed = null;
      boolean isSigned = SignedCredentials.isSigned(request, parameters);
      if (isSigned) {
        byte[] body = post ? body(request) : new byte[0];
        signed = SignedCredentials.of(request, parameters, body);
        form = SignedCredentials.form(body);
      } else if (post) {
        form = FormFields.getFields(request, FORM_FIELDS_MAX, FORM_OCTETS_MAX);
      }
      asked = doorRequest(request, Fields.combine(parameters, form), isSigned, signed);
    } catch (IOException | RuntimeException e) {
      // Octets that are no parameters: not UTF-8, or far too much.
      LOG.debug("unreadable update parameters: {}", e.toString());
      Dialect dialect = dialects.apply(doorRequest(request, Fields.EMPTY, false, null));
      return new Spoken(
          dialect.reply(
              new UpdateAnswer.Rejected(UpdateOutcome.Reason.NOT_A_HOST_NAME), Question.NONE),
          dialect.contentType());
    }
    Dialect dialect = dialects.apply(asked);
    RequestOrigin origin = origins.of(request, dialect.name());
    try {
      return new Spoken(
          answer(dialect, asked, new Heard(request, form, origin)), dialect.contentType());
    } catch (RuntimeException e) {
      LOG.error("an update by {} failed: a defect of Homeport", dialect.name(), e);
      return new Spoken(DoorReply.TROUBLE, "text/plain");
    }
  }

  /** What came, for those who look for faults. */
  private record Heard(Request request, Fields form, RequestOrigin origin) {
    /** With what was answered; without what it presented as a secret. */
    ExchangeLog.Said said(@Nullable Presented presented, DoorReply reply, List<String> notes) {
      Set<String> secrets = RequestText.secrets(request, presented);
      return new ExchangeLog.Said(
              origin, RequestText.of(request, form, secrets), reply.status(), reply.body(), notes)
          .without(secrets);
    }
  }

  private DoorReply answer(Dialect dialect, DoorRequest asked, Heard heard) {
    RequestOrigin origin = heard.origin();
    Dialect.Aside aside = dialect.aside(asked, origin);
    if (aside != null) {
      DoorReply reply = aside.reply();
      exchanges.record(aside.hosts(), heard.said(null, reply, List.of()));
      return reply;
    }
    Question question = dialect.read(asked);
    if (question.presented() == null) {
      return told(dialect, question, new UpdateAnswer.Unauthorized(), List.of(), heard);
    }
    var observations = new ArrayList<Observation>();
    UpdateAnswer answer =
        updates.update(
            new UpdateRequest(
                question.presented(),
                origin,
                question.wishes(),
                question.flaw(),
                dialect.isTogether()),
            observations::add);
    logFailures(answer, question);
    var distinct = new LinkedHashSet<Host>();
    observations.forEach(observation -> distinct.add(observation.host()));
    List<Host> hosts = List.copyOf(distinct);
    return told(dialect, question.about(hosts), answer, hosts, heard);
  }

  private DoorReply told(
      Dialect dialect, Question question, UpdateAnswer answer, List<Host> hosts, Heard heard) {
    DoorReply reply = dialect.reply(answer, question);
    UpdateExchanges.record(
        exchanges,
        question,
        answer,
        hosts,
        () -> heard.said(question.presented(), reply, question.notes()));
    return reply;
  }

  private static void logFailures(UpdateAnswer answer, Question question) {
    if (answer instanceof UpdateAnswer.PerHost perHost) {
      for (UpdateOutcome outcome : perHost.outcomes()) {
        if (outcome instanceof UpdateOutcome.Failed failed) {
          LOG.debug("update by {} answered 911: {}", question.presented(), failed.incident());
        }
      }
    }
  }

  /** The query's parameters; a percent sign that begins no escape stands for itself. */
  private static Fields query(Request request) {
    String query = request.getHttpURI().getQuery();
    if (query == null || query.indexOf('%') < 0 || !STRAY_PERCENT.matcher(query).find()) {
      return Request.extractQueryParameters(request);
    }
    // A gateway that does not know its own placeholders sends them as they are: hostname=%h.
    var fields = new Fields(true);
    UrlEncoded.decodeUtf8To(STRAY_PERCENT.matcher(query).replaceAll("%25"), fields);
    return fields;
  }

  private static byte[] body(Request request) throws IOException {
    try (var in = Content.Source.asInputStream(request)) {
      byte[] octets = in.readNBytes(FORM_OCTETS_MAX + 1);
      if (octets.length > FORM_OCTETS_MAX) {
        throw new IOException("a request holds at most " + FORM_OCTETS_MAX + " octets");
      }
      return octets;
    }
  }

  private DoorRequest doorRequest(
      Request request, Fields parameters, boolean isSigned, Presented.@Nullable Signed signed) {
    return new DoorRequest(
        String.valueOf(request.getHttpURI().getDecodedPath()),
        parameters,
        String.valueOf(Request.getServerName(request)),
        BasicCredentials.of(request),
        bearer(request),
        isSigned,
        signed,
        origins.of(request, "").source());
  }

  /** The token of the Bearer scheme (RFC 6750), or of deSEC's {@code Token}. */
  private static @Nullable String bearer(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    String lower = header.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("bearer ") && !lower.startsWith("token ")) {
      return null;
    }
    String token = header.substring(header.indexOf(' ')).strip();
    return token.isEmpty() ? null : token;
  }

  private static boolean send(
      DoorReply reply, String contentType, Response response, Callback callback) {
    switch (reply.status()) {
      case HttpStatus.UNAUTHORIZED_401 ->
          response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Homeport\"");
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          response
              .getHeaders()
              .put(HttpHeader.RETRY_AFTER, Math.max(1, reply.retryAfter().toSeconds()));
      default -> {}
    }
    return Answers.send(response, callback, reply.status(), contentType, reply.body());
  }
}
