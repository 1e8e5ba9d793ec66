package net.homeport.web.doh;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import net.homeport.web.http.Answers;
import net.homeport.web.http.ClientAddress;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@value #PATH}: a DNS message in, its answer out (RFC 8484). Over HTTP in clear only for this
 * machine and for trusted proxies, which have taken the TLS off.
 */
public final class DohHandler extends Handler.Abstract {

  /** Where resolvers expect it. */
  public static final String PATH = "/dns-query";

  private static final String MEDIA_TYPE = "application/dns-message";
  private static final String PARAMETER = "dns=";
  private static final int HEADER_OCTETS = 12;
  private static final int MESSAGE_OCTETS_MAX = 65_535;

  /** Answers DNS messages, on any thread. */
  @FunctionalInterface
  public interface Answerer {
    /** The answer to a message of at least 12 octets; null if it deserves none. */
    byte @Nullable [] answer(byte[] message, InetAddress client);
  }

  private final Answerer answerer;
  private final ClientAddress clientAddress;

  public DohHandler(Answerer answerer, ClientAddress clientAddress) {
    this.answerer = answerer;
    this.clientAddress = clientAddress;
  }

  /** A request that is not answered. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String words) {
      super(words, null, false, false);
      this.status = status;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    byte[] answer;
    try {
      byte[] message = message(request);
      answer = answerer.answer(message, clientAddress.of(request));
      if (answer == null) {
        throw new Refusal(HttpStatus.BAD_REQUEST_400, "that is no DNS query");
      }
    } catch (Refusal e) {
      if (e.status == HttpStatus.METHOD_NOT_ALLOWED_405) {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
      }
      return Answers.send(response, callback, e.status, "text/plain", e.getMessage() + "\n");
    }
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MEDIA_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, Freshness.cacheControl(answer));
    response.write(true, ByteBuffer.wrap(answer), callback);
    return true;
  }

  private byte[] message(Request request) throws Refusal, IOException {
    if (!request.isSecure() && !clientAddress.isFromHereOrProxy(request)) {
      throw new Refusal(HttpStatus.FORBIDDEN_403, "DNS over HTTP is served within TLS: use https");
    }
    HttpMethod method = HttpMethod.fromString(request.getMethod());
    byte[] message =
        switch (method) {
          case GET, HEAD -> parameter(request.getHttpURI().getQuery());
          case POST -> body(request);
          case null, default ->
              throw new Refusal(
                  HttpStatus.METHOD_NOT_ALLOWED_405, "a DNS query comes by GET or POST");
        };
    if (message.length < HEADER_OCTETS) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST_400, "a DNS message has 12 octets or more, not " + message.length);
    }
    return message;
  }

  private static byte[] parameter(@Nullable String query) throws Refusal {
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      if (part.startsWith(PARAMETER)) {
        String text = part.substring(PARAMETER.length());
        try {
          if (!text.endsWith("=")) { // RFC 8484 section 6: no padding
            return Base64.getUrlDecoder().decode(text);
          }
        } catch (IllegalArgumentException e) {
          // as below
        }
        throw new Refusal(
            HttpStatus.BAD_REQUEST_400, "the parameter 'dns' is not base64url without padding");
      }
    }
    throw new Refusal(
        HttpStatus.BAD_REQUEST_400, "the parameter 'dns' is missing: ?dns=MESSAGE in base64url");
  }

  private static byte[] body(Request request) throws Refusal, IOException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null
        || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
      throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "the content type is " + MEDIA_TYPE);
    }
    if (request.getLength() <= MESSAGE_OCTETS_MAX) {
      try (var in = Content.Source.asInputStream(request)) {
        byte[] message = in.readNBytes(MESSAGE_OCTETS_MAX + 1);
        if (message.length <= MESSAGE_OCTETS_MAX) {
          return message;
        }
      }
    }
    throw new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413, "a DNS message has at most 65535 octets");
  }
}
