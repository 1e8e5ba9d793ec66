package net.homeport.web.api;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.util.List;
import net.homeport.registry.account.Authorization;
import net.homeport.registry.account.Deed;
import net.homeport.registry.account.Permission;
import net.homeport.registry.account.Principal;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** One request to the API by somebody who proved who they are. */
public final class ApiRequest {
  /** Longest JSON, unless the operation says another length. */
  static final int JSON_OCTETS_MAX = 1024 * 1024;

  /** Longest text; only the administrator of the server sends any. */
  static final int TEXT_OCTETS_MAX = 256 * 1024 * 1024;

  private final Request request;
  private final List<String> steps;
  private final Attribution actor;
  private final Principal principal;
  private final Authorization authorization;
  private final Jsonb json;

  /**
   * @param path behind {@link ApiHandler#PREFIX}
   */
  ApiRequest(
      Request request,
      String path,
      Attribution actor,
      Principal principal,
      Authorization authorization,
      Jsonb json) {
    this.principal = principal;
    this.authorization = authorization;
    this.request = request;
    this.steps = List.of(path.split("/", -1));
    this.actor = actor;
    this.json = json;
  }

  /** The first step of the path: which resource. */
  String resource() {
    return steps.getFirst();
  }

  /** Method and path, its second step as {@code {name}}: {@code GET zones/{name}/text}. */
  public String operation() {
    String pattern =
        switch (steps.size()) {
          case 1 -> steps.getFirst();
          case 2 -> steps.getFirst() + "/{name}";
          default ->
              steps.getFirst() + "/{name}/" + String.join("/", steps.subList(2, steps.size()));
        };
    return request.getMethod() + " " + pattern;
  }

  /** The second step of the path; empty if there is none. */
  public String name() {
    return steps.size() > 1 ? steps.get(1) : "";
  }

  /** Who asks, from where, when. */
  public Attribution actor() {
    return actor;
  }

  /** Who asks. */
  public Principal principal() {
    return principal;
  }

  /** Whether they may do this with what belongs to that account. */
  public Permission may(Deed deed, long accountId) {
    return authorization.may(principal, deed, accountId);
  }

  /** Whether they may give that account a host of this name. */
  public boolean mayHave(long accountId, Name name) {
    return authorization.mayHave(principal, accountId, name);
  }

  /** The first value of a query parameter, or null. */
  public @Nullable String parameter(String name) {
    return Request.extractQueryParameters(request).getValue(name);
  }

  /** Whether a query parameter is {@code true}, or is there without a value. */
  public boolean isSet(String name) {
    String value = parameter(name);
    return value != null && (value.isEmpty() || value.equals("true"));
  }

  /**
   * The body as it is; a zone file is one: inside JSON the limit for one string would bound it. For
   * operations of the administrator of the server alone: it may be long.
   *
   * @throws BodyTooLongException if it is longer than {@link #TEXT_OCTETS_MAX}; answered as 413
   */
  public byte[] octets() throws IOException {
    return octets(TEXT_OCTETS_MAX);
  }

  /** A length that was told is believed, so that nothing of a body that is too long is read. */
  private byte[] octets(int most) throws IOException {
    if (request.getLength() > most) {
      throw new BodyTooLongException(most);
    }
    try (var in = Content.Source.asInputStream(request)) {
      byte[] octets = in.readNBytes(most);
      if (octets.length == most && in.read() >= 0) {
        throw new BodyTooLongException(most);
      }
      return octets;
    }
  }

  /**
   * The body as a JSON object of at most {@link #JSON_OCTETS_MAX} octets.
   *
   * @throws JsonException if it is none, or not of this type; answered as 400
   * @throws BodyTooLongException if it is longer; answered as 413
   */
  public <T> T body(Class<T> type) throws IOException {
    return body(type, JSON_OCTETS_MAX);
  }

  /**
   * The body as a JSON object.
   *
   * @param most octets that it may have
   * @throws JsonException if it is none, or not of this type; answered as 400
   * @throws BodyTooLongException if it is longer; answered as 413
   */
  <T> T body(Class<T> type, int most) throws IOException {
    T value = json.type(type).fromJson(octets(most));
    if (value == null) {
      throw new JsonException("the request's body is empty; send a JSON object");
    }
    return value;
  }
}
