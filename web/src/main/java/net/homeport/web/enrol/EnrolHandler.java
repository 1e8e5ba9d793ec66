package net.homeport.web.enrol;

import io.avaje.jsonb.Jsonb;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.EnrolmentResult;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.web.api.CredentialModel.Enrolled;
import net.homeport.web.http.Answers;
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
import org.xbill.DNS.Name;

/**
 * {@code POST /enrol} with the form fields {@code code}, and for SIG(0) {@code key} and perhaps
 * {@code name}. Answers JSON, or lines {@code name=value} to who accepts {@code text/plain} and no
 * JSON. {@code GET} only tells a person what to do: programs that look into links must not use up a
 * code.
 */
public final class EnrolHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolHandler.class);
  private static final String TEXT = "text/plain";
  private static final long RETRY_AFTER_SECONDS = 60;
  private static final int FORM_FIELDS_MAX = 16;
  private static final int FORM_OCTETS_MAX = 8 * 1024;

  private final Enrolments enrolments;
  private final Origins origins;
  private final Jsonb json = Jsonb.instance();

  public EnrolHandler(Enrolments enrolments, Origins origins) {
    this.enrolments = enrolments;
    this.origins = origins;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (HttpMethod.GET.is(request.getMethod())) {
      return Answers.send(
          response,
          callback,
          HttpStatus.OK_200,
          TEXT,
          "Here a device turns its one-time code into a secret of its own:\n\n  curl -d code=CODE %s\n\nIt works once; so nothing happened yet.\n"
              .formatted(url(request)));
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, POST");
      return Answers.send(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, TEXT, "POST the code\n");
    }
    Fields form;
    try {
      form = FormFields.getFields(request, FORM_FIELDS_MAX, FORM_OCTETS_MAX);
    } catch (RuntimeException e) {
      LOG.debug("unreadable enrolment", e);
      return problem(response, callback, HttpStatus.BAD_REQUEST_400, "the form is unreadable");
    }
    String code = form.getValue("code");
    if (code == null || code.isBlank()) {
      return problem(
          response, callback, HttpStatus.BAD_REQUEST_400, "send the code as the form field 'code'");
    }
    return answer(request, response, callback, form, code);
  }

  private static String url(Request request) {
    return "%s://%s%s"
        .formatted(
            request.getHttpURI().getScheme(),
            request.getHttpURI().getAuthority(),
            request.getHttpURI().getCanonicalPath());
  }

  private boolean answer(
      Request request, Response response, Callback callback, Fields form, String code) {
    EnrolmentResult result;
    try {
      result =
          enrolments.enrol(
              code,
              orEmpty(form.getValue("key")),
              orEmpty(form.getValue("name")),
              origins.of(request, "enrol").source());
    } catch (RegistryStoreException e) {
      LOG.error("an enrolment failed: {}", e.getMessage());
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
      return problem(
          response,
          callback,
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "the server could not store it; try again, the code still works");
    }
    return switch (result) {
      case EnrolmentResult.Token token ->
          send(
              request,
              response,
              callback,
              new Enrolled(
                  EnrolmentKind.TOKEN.text(),
                  text(token.host().name()),
                  text(token.host().zone()),
                  token.username(),
                  null,
                  null,
                  token.secret(),
                  "/nic/update?hostname="
                      + URLEncoder.encode(text(token.host().name()), StandardCharsets.UTF_8)));
      case EnrolmentResult.TsigKey key ->
          send(
              request,
              response,
              callback,
              ofKey(
                  EnrolmentKind.TSIG,
                  key.host(),
                  key.key(),
                  key.algorithm().text(),
                  key.secret().base64()));
      case EnrolmentResult.Sig0Key key ->
          send(
              request,
              response,
              callback,
              ofKey(EnrolmentKind.SIG0, key.host(), key.key(), null, null));
      case EnrolmentResult.Unknown _ ->
          problem(
              response,
              callback,
              HttpStatus.FORBIDDEN_403,
              "there is no such code; it was used, has expired, or is mistyped");
      case EnrolmentResult.Unusable unusable ->
          problem(response, callback, HttpStatus.BAD_REQUEST_400, unusable.why());
      case EnrolmentResult.Postponed postponed -> {
        response
            .getHeaders()
            .put(HttpHeader.RETRY_AFTER, Long.toString(postponed.retryAfter().toSeconds() + 1));
        yield problem(
            response,
            callback,
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "too many wrong codes came from this address; try again later");
      }
    };
  }

  private static Enrolled ofKey(
      EnrolmentKind kind,
      Host host,
      Name key,
      @Nullable String algorithm,
      @Nullable String secret) {
    return new Enrolled(
        kind.text(),
        text(host.name()),
        text(host.zone()),
        null,
        text(key),
        algorithm,
        secret,
        null);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String text(Name name) {
    return name.toString(true);
  }

  private boolean send(Request request, Response response, Callback callback, Enrolled enrolled) {
    String accept = orEmpty(request.getHeaders().get(HttpHeader.ACCEPT));
    boolean asText = accept.contains(TEXT) && !accept.contains("json");
    return asText
        ? Answers.send(response, callback, HttpStatus.OK_200, TEXT, lines(enrolled))
        : Answers.send(
            response,
            callback,
            HttpStatus.OK_200,
            "application/json",
            json.toJson(enrolled) + "\n");
  }

  private static String lines(Enrolled enrolled) {
    var lines = new StringJoiner("\n", "", "\n");
    say(lines, "kind", enrolled.kind());
    say(lines, "host", enrolled.host());
    say(lines, "zone", enrolled.zone());
    say(lines, "username", enrolled.username());
    say(lines, "key", enrolled.key());
    say(lines, "algorithm", enrolled.algorithm());
    say(lines, "secret", enrolled.secret());
    say(lines, "update", enrolled.updatePath());
    return lines.toString();
  }

  private static void say(StringJoiner lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add(name + "=" + value);
    }
  }

  private static boolean problem(Response response, Callback callback, int status, String why) {
    return Answers.send(response, callback, status, TEXT, why + "\n");
  }
}
