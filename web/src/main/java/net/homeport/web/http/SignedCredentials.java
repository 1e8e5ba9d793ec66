package net.homeport.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.homeport.registry.credential.Presented;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/**
 * Signed requests: {@code hp-id}, {@code hp-time}, {@code hp-nonce} and {@code hp-signature} as
 * headers, or as parameters of the query, of which {@code hp-signature} is the last. Signed are
 * these lines, joined by single line feeds without one at the end:
 *
 * <pre>
 * homeport-1
 * ID
 * TIME                 seconds since 1970
 * NONCE                8 to 64 of A-Z a-z 0-9 _ -
 * METHOD
 * PATH?QUERY           as sent, up to &amp;hp-signature=
 * SHA-256 of the body  in lower-case hexadecimal, also of an empty one
 * </pre>
 */
public final class SignedCredentials {
  private static final String ID = "hp-id";
  private static final String TIME = "hp-time";
  private static final String NONCE = "hp-nonce";
  private static final String SIGNATURE = "hp-signature";
  private static final String VERSION = "homeport-1";

  private SignedCredentials() {}

  /** Whether the request says that it is signed, rightly or not. */
  public static boolean isSigned(Request request, Fields query) {
    return request.getHeaders().contains(SIGNATURE) || query.get(SIGNATURE) != null;
  }

  /**
   * What it presents; null if a part is missing, or the signature does not end the query.
   *
   * @param body as sent
   */
  public static Presented.@Nullable Signed of(Request request, Fields query, byte[] body) {
    String target = request.getHttpURI().getPathQuery();
    boolean inHeaders = request.getHeaders().contains(SIGNATURE);
    if (!inHeaders && target != null) {
      int end = Math.max(target.indexOf("&" + SIGNATURE + "="), target.indexOf("?" + SIGNATURE));
      if (end < 0 || target.indexOf('&', end + 1) >= 0) {
        return null;
      }
      target = target.substring(0, end);
    }
    String id = part(request, query, inHeaders, ID);
    String time = part(request, query, inHeaders, TIME);
    String nonce = part(request, query, inHeaders, NONCE);
    String signature = part(request, query, inHeaders, SIGNATURE);
    if (target == null || id == null || time == null || nonce == null || signature == null) {
      return null;
    }
    String text =
        String.join("\n", VERSION, id, time, nonce, request.getMethod(), target, sha256(body));
    return new Presented.Signed(id, time, nonce, text, signature);
  }

  private static @Nullable String part(
      Request request, Fields query, boolean inHeaders, String name) {
    return inHeaders ? request.getHeaders().get(name) : query.getValue(name);
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The fields of a form that was read as octets. */
  public static Fields form(byte[] body) {
    var fields = new Fields(true);
    UrlEncoded.decodeUtf8To(new String(body, StandardCharsets.UTF_8), fields);
    return fields;
  }
}
