package net.homeport.web.acmedns;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.homeport.registry.challenge.ChallengeNames;
import net.homeport.registry.challenge.ChallengeOutcome;
import net.homeport.registry.challenge.ChallengeRegistration;
import net.homeport.registry.challenge.Challenges;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.Authenticator;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.web.acmedns.AcmeDnsModel.Answer;
import net.homeport.web.acmedns.AcmeDnsModel.ClientView;
import net.homeport.web.acmedns.AcmeDnsModel.NewClient;
import net.homeport.web.acmedns.AcmeDnsModel.Published;
import net.homeport.web.acmedns.AcmeDnsModel.Trouble;
import net.homeport.web.exchange.ExchangeLog;
import net.homeport.web.exchange.RequestText;
import net.homeport.web.http.Answers;
import net.homeport.web.http.BasicCredentials;
import net.homeport.web.http.Origins;
import net.homeport.zone.address.AddressBlock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * {@code POST /register}, {@code POST /update} with {@code X-Api-User} and {@code X-Api-Key}, and
 * {@code GET /health}, under one prefix.
 */
public final class AcmeDnsHandler extends Handler.Abstract {
  /** Where this door stands; clients take it as their server's URL. */
  public static final String PREFIX = "/acme-dns";

  private static final Logger LOG = LoggerFactory.getLogger(AcmeDnsHandler.class);
  private static final String FRONT_DOOR = "acme-dns";
  private static final int BODY_OCTETS_MAX = 16 * 1024;
  private static final int NETWORKS_MAX = 64;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

  private final Challenges challenges;
  private final HostRegistry hosts;
  private final Authenticator authenticator;
  private final HostGrants grants;
  private final Origins origins;
  private final ExchangeLog exchanges;
  private final Jsonb json = Jsonb.instance();

  /**
   * @param exchanges keeps what was said by clients that proved themselves, and who asked for one
   */
  public AcmeDnsHandler(
      Challenges challenges,
      HostRegistry hosts,
      Authenticator authenticator,
      HostGrants grants,
      Origins origins,
      ExchangeLog exchanges) {
    this.challenges = challenges;
    this.hosts = hosts;
    this.authenticator = authenticator;
    this.grants = grants;
    this.origins = origins;
    this.exchanges = exchanges;
  }

  /**
   * What is answered.
   *
   * @param retryAfter when to come again, if it is 503
   * @param about the host that it is about, said by who proved that they may; null if nobody did
   * @param named the host that it is about, said by somebody; empty if there is none
   */
  private record Reply(
      int status, Object body, Duration retryAfter, @Nullable Host about, String named) {
    Reply(int status, Object body, Duration retryAfter) {
      this(status, body, retryAfter, null, "");
    }

    Reply(int status, Object body) {
      this(status, body, RETRY_AFTER);
    }

    /** The same, said to who may. */
    Reply about(@Nullable Host host) {
      return new Reply(status, body, retryAfter, host, "");
    }

    /** The same, said to somebody. */
    Reply aboutNamed(String name) {
      return new Reply(status, body, retryAfter, null, name);
    }

    /** Too many wrong secrets came from there. */
    static Reply later(Duration retryAfter) {
      return new Reply(
          HttpStatus.SERVICE_UNAVAILABLE_503, new Trouble("try_again_later"), retryAfter);
    }

    static Reply trouble(int status, String error) {
      return new Reply(status, new Trouble(error));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = String.valueOf(request.getHttpURI().getCanonicalPath());
    boolean post = HttpMethod.POST.is(request.getMethod());
    Reply reply;
    try {
      reply =
          switch (path.substring(Math.min(PREFIX.length(), path.length()))) {
            case "/health" -> new Reply(HttpStatus.OK_200, "");
            case "/register" -> post ? register(request) : wrongMethod(response);
            case "/update" -> post ? update(request) : wrongMethod(response);
            default -> Reply.trouble(HttpStatus.NOT_FOUND_404, "not_found");
          };
    } catch (IOException | JsonException _) {
      reply = Reply.trouble(HttpStatus.BAD_REQUEST_400, "malformed_json_payload");
    } catch (RegistryStoreException e) {
      LOG.error("a client of challenges could not be stored: {}", e.getMessage());
      reply = Reply.trouble(HttpStatus.SERVICE_UNAVAILABLE_503, "db_error");
    }
    switch (reply.status) {
      case HttpStatus.UNAUTHORIZED_401 ->
          response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Homeport\"");
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          response
              .getHeaders()
              .put(HttpHeader.RETRY_AFTER, Math.max(1, reply.retryAfter.toSeconds()));
      default -> {}
    }
    keep(request, reply);
    if (reply.body instanceof String text) {
      return Answers.send(response, callback, reply.status, "text/plain", text);
    }
    byte[] octets = json.toJson(reply.body).getBytes(StandardCharsets.UTF_8);
    return Answers.send(response, callback, reply.status, "application/json", octets);
  }

  private void keep(Request request, Reply reply) {
    if (reply.about == null && reply.named.isEmpty()) {
      return;
    }
    Set<String> secrets = RequestText.secrets(request, null);
    if (reply.body instanceof ClientView made) {
      secrets.add(made.password());
    }
    ExchangeLog.Said said =
        new ExchangeLog.Said(
                origins.of(request, FRONT_DOOR),
                RequestText.of(request, Fields.EMPTY, secrets),
                reply.status,
                json.toJson(reply.body),
                List.of())
            .without(secrets);
    if (reply.about == null) {
      exchanges.recordUnproven(List.of(reply.named), said);
    } else {
      exchanges.record(List.of(reply.about), said);
    }
  }

  private static Reply wrongMethod(Response response) {
    response.getHeaders().put(HttpHeader.ALLOW, "POST");
    return Reply.trouble(HttpStatus.METHOD_NOT_ALLOWED_405, "method_not_allowed");
  }

  private static byte[] body(Request request) throws IOException {
    try (var in = Content.Source.asInputStream(request)) {
      byte[] octets = in.readNBytes(BODY_OCTETS_MAX + 1);
      if (octets.length > BODY_OCTETS_MAX) {
        throw new IOException("a request holds at most " + BODY_OCTETS_MAX + " octets");
      }
      return octets;
    }
  }

  private Reply register(Request request) throws IOException {
    RequestOrigin origin = origins.of(request, FRONT_DOOR);
    BasicCredentials basic = BasicCredentials.of(request);
    byte[] octets = body(request);
    if (basic == null) {
      return Reply.trouble(HttpStatus.UNAUTHORIZED_401, "forbidden");
    }
    Authentication authentication =
        authenticator.authenticate(
            new Presented.Password(basic.username(), basic.password()), origin);
    String name = hostName(request, basic.username());
    return switch (authentication) {
      case Authentication.Unproven _ ->
          Reply.trouble(HttpStatus.UNAUTHORIZED_401, "forbidden").aboutNamed(name);
      case Authentication.Postponed postponed ->
          Reply.later(postponed.retryAfter()).aboutNamed(name);
      case Authentication.Proven proven -> {
        Host host = host(name);
        yield host == null || !mayAnswer(proven.credential(), host)
            ? Reply.trouble(HttpStatus.UNAUTHORIZED_401, "forbidden").aboutNamed(name)
            : register(host, octets, proven.credential()).about(host);
      }
    };
  }

  private boolean mayAnswer(Credential credential, Host host) {
    return grants.mayChange(credential, host) && grants.mayChange(credential, Type.TXT);
  }

  /**
   * The host that {@code ?host=} names; unless given, that whose name the user name is; empty if
   * the query is unreadable.
   */
  private static String hostName(Request request, String username) {
    try {
      String wanted = Request.extractQueryParameters(request).getValue("host");
      return wanted == null ? username : wanted;
    } catch (RuntimeException _) {
      return ""; // octets that are no parameters
    }
  }

  private @Nullable Host host(String name) {
    try {
      return hosts.host(Name.fromString(name, Name.root));
    } catch (TextParseException _) {
      return null;
    }
  }

  private Reply register(Host host, byte[] octets, Credential maker) {
    NewClient wanted =
        octets.length == 0 ? new NewClient(null) : json.type(NewClient.class).fromJson(octets);
    List<String> networks = wanted == null ? null : wanted.allowfrom();
    var allowedFrom = new ArrayList<AddressBlock>();
    for (String text : networks == null ? List.<String>of() : networks) {
      try {
        allowedFrom.add(AddressBlock.parse(text));
      } catch (IllegalArgumentException _) {
        return Reply.trouble(HttpStatus.BAD_REQUEST_400, "invalid_allowfrom_cidr");
      }
    }
    if (allowedFrom.size() > NETWORKS_MAX) {
      return Reply.trouble(HttpStatus.BAD_REQUEST_400, "invalid_allowfrom_cidr");
    }
    Name name = ChallengeNames.nameOf(host.name());
    Challenges.Registered registered =
        name == null ? null : challenges.register(host, allowedFrom, maker);
    if (name == null || registered == null) {
      return Reply.trouble(HttpStatus.CONFLICT_409, "too_many_registrations");
    }
    String id = registered.registration().id();
    return new Reply(
        HttpStatus.CREATED_201,
        new ClientView(
            id,
            registered.secret(),
            name.toString(true),
            id,
            allowedFrom.stream().map(AddressBlock::toString).toList()));
  }

  private Reply update(Request request) throws IOException {
    String user = request.getHeaders().get("X-Api-User");
    String key = request.getHeaders().get("X-Api-Key");
    byte[] octets = body(request);
    if (user == null || key == null) {
      return Reply.trouble(HttpStatus.UNAUTHORIZED_401, "forbidden");
    }
    Answer answer = json.type(Answer.class).fromJson(octets);
    String subdomain = answer == null ? null : answer.subdomain();
    if (answer == null || subdomain == null || subdomain.isEmpty()) {
      return Reply.trouble(HttpStatus.BAD_REQUEST_400, "bad_subdomain");
    }
    String txt = answer.txt();
    if (txt == null || !ChallengeNames.isAnswer(txt)) {
      return Reply.trouble(HttpStatus.BAD_REQUEST_400, "bad_txt");
    }
    ChallengeOutcome outcome =
        challenges.publish(user, key, subdomain, txt, origins.of(request, FRONT_DOOR));
    return switch (outcome) {
      case ChallengeOutcome.Published _ ->
          new Reply(HttpStatus.OK_200, new Published(txt)).about(hostOf(user));
      case ChallengeOutcome.Forbidden _ ->
          Reply.trouble(HttpStatus.UNAUTHORIZED_401, "forbidden").aboutNamed(nameOf(user));
      case ChallengeOutcome.Postponed postponed ->
          Reply.later(postponed.retryAfter()).aboutNamed(nameOf(user));
      case ChallengeOutcome.Refused refused -> {
        LOG.info("an answer to a challenge was refused: {}", refused.why());
        yield Reply.trouble(HttpStatus.INTERNAL_SERVER_ERROR_500, "db_error").about(hostOf(user));
      }
      case ChallengeOutcome.Failed failed -> {
        LOG.debug("an answer to a challenge failed: {}", failed.incident());
        yield Reply.trouble(HttpStatus.SERVICE_UNAVAILABLE_503, "db_error").about(hostOf(user));
      }
    };
  }

  /** The host of this client; null if there is none. */
  private @Nullable Host hostOf(String client) {
    ChallengeRegistration registration = challenges.registration(client);
    return registration == null ? null : hosts.host(registration.host());
  }

  /** The name of the host that somebody speaks of who did not prove to be this client. */
  private String nameOf(String client) {
    ChallengeRegistration registration = challenges.registration(client);
    return registration == null ? "" : registration.host().toString(true);
  }
}
