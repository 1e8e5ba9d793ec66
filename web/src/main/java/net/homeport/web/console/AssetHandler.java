package net.homeport.web.console;

import java.nio.ByteBuffer;
import net.homeport.web.console.Assets.Asset;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /assets/*}: open to everybody, since the login page needs them and they hold no secret.
 */
final class AssetHandler extends ConsoleResource {
  /** The URL of a version never means anything else. */
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private static final String ASK_FIRST = "no-cache";

  private final Assets assets;

  AssetHandler(Assets assets) {
    super(HttpMethod.GET, HttpMethod.HEAD);
    this.assets = assets;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getCanonicalPath();
    Asset asset = assets.asset(path.substring(Math.min(path.length(), Assets.PREFIX.length())));
    if (asset == null) {
      text(response, callback, HttpStatus.NOT_FOUND_404, "not found");
      return;
    }
    boolean versioned = ("v=" + asset.version()).equals(request.getHttpURI().getQuery());
    response
        .getHeaders()
        .put(HttpHeader.ETAG, asset.entityTag())
        .put(HttpHeader.CACHE_CONTROL, versioned ? FOREVER : ASK_FIRST);
    if (isKnown(request, asset)) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      callback.succeeded();
      return;
    }
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, asset.contentType())
        .put(HttpHeader.CONTENT_LENGTH, asset.octets().length);
    response.write(true, ByteBuffer.wrap(asset.octets()).asReadOnlyBuffer(), callback);
  }

  /** Whether the client has this version; a proxy may have weakened the tag (RFC 9110 13.1.2). */
  private static boolean isKnown(Request request, Asset asset) {
    HttpField header = request.getHeaders().getField(HttpHeader.IF_NONE_MATCH);
    return header != null
        && header.getValueList().stream()
            .anyMatch(
                tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(asset.entityTag()));
  }
}
