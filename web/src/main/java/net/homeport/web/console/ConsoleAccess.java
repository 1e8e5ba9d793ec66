package net.homeport.web.console;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Tries;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may look: whoever sits at this machine, and who has shown the administrator's token. */
/*
 * "At this machine" is told from the outside in four ways, and all must agree. The peer is loopback:
 * nobody else can connect from there. No header says that the peer is a proxy speaking for somebody
 * else; HTTP/1.0 counts as such a sign, since no browser speaks it, and a reverse proxy with its default
 * settings (nginx) may send neither those headers nor the name that the browser asked for. The browser
 * believes to speak to this machine: a page of another site, whose name was made to point at 127.0.0.1
 * (DNS rebinding), still carries that other name in its Host header. And no page of another site sent
 * the browser here behind the viewer's back (Fetch Metadata); a link that the viewer follows is fine.
 */
final class ConsoleAccess {
  /** Why a request is let in, or that it is not. */
  enum Admission {
    /** It comes from this machine. */
    LOCAL,
    /** It carries the cookie of a session. */
    SESSION,
    DENIED
  }

  /** What became of a wish to sign in. */
  sealed interface SignIn {
    /** The token was right. */
    record Welcome(HttpCookie cookie) implements SignIn {}

    /** The token was wrong. */
    record Wrong() implements SignIn {}

    /** Too many wrong tokens came from there; the token was not looked at. */
    record Slowed(Duration retryAfter) implements SignIn {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleAccess.class);
  private static final String COOKIE = "homeport-session";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> PROXY_HEADERS =
      List.of(
          "Forwarded",
          "Via",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP");

  private final ClientAddress clientAddress;
  private final Predicate<String> administratorToken;
  private final Sessions sessions;
  private final Tries tries;

  ConsoleAccess(
      ClientAddress clientAddress,
      Predicate<String> administratorToken,
      InstantSource clock,
      RandomGenerator random) {
    this.clientAddress = clientAddress;
    this.administratorToken = administratorToken;
    this.sessions = new Sessions(clock, random);
    this.tries = new Tries(clock);
  }

  /** Whether, and why, this request is let in. */
  Admission admission(Request request) {
    if (isLocal(request)) {
      return Admission.LOCAL;
    }
    String session = session(request);
    return session != null && sessions.isOpen(session) ? Admission.SESSION : Admission.DENIED;
  }

  private static boolean isLocal(Request request) {
    String host = request.getHttpURI().getHost();
    return ClientAddress.peer(request).isLoopbackAddress()
        && request.getConnectionMetaData().getHttpVersion().getVersion()
            >= HttpVersion.HTTP_1_1.getVersion()
        && PROXY_HEADERS.stream().noneMatch(request.getHeaders()::contains)
        && host != null
        && LOCAL_NAMES.contains(host)
        && !fetchedByAnotherSite(request);
  }

  private static boolean fetchedByAnotherSite(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    return (Objects.equals(site, "cross-site") || Objects.equals(site, "same-site"))
        && !Objects.equals(request.getHeaders().get("Sec-Fetch-Mode"), "navigate");
  }

  private static @Nullable String session(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Checks the token, at most so often for one client. */
  SignIn signIn(Request request, String token) {
    InetAddress client = clientAddress.of(request);
    Duration retryAfter = tries.begin(client);
    if (retryAfter.isPositive()) {
      return new SignIn.Slowed(retryAfter);
    }
    if (!administratorToken.test(token)) {
      LOG.warn("a wrong administrator's token came from {} to the console", AddressText.of(client));
      return new SignIn.Wrong();
    }
    tries.succeeded(client);
    LOG.info("the administrator signed in to the console from {}", AddressText.of(client));
    return new SignIn.Welcome(cookie(request, sessions.open(), Sessions.LIFE));
  }

  /**
   * Ends the request's session, if it has one.
   *
   * @return a cookie that makes the browser forget it
   */
  HttpCookie signOut(Request request) {
    String session = session(request);
    if (session != null) {
      sessions.close(session);
    }
    return cookie(request, "", Duration.ZERO);
  }

  private static HttpCookie cookie(Request request, String session, Duration life) {
    return HttpCookie.build(COOKIE, session)
        .path("/")
        .httpOnly(true)
        .secure(isHttps(request))
        .sameSite(HttpCookie.SameSite.STRICT)
        .maxAge(life.toSeconds())
        .build();
  }

  /** A proxy's word is enough here: who forges it hides the cookie from himself alone. */
  static boolean isHttps(Request request) {
    HttpField proxied = request.getHeaders().getField("X-Forwarded-Proto");
    return request.isSecure() || (proxied != null && "https".equalsIgnoreCase(proxied.getValue()));
  }
}
