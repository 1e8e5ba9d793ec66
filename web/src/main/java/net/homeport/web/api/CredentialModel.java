package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the API about credentials and one-time codes. */
public final class CredentialModel {
  private CredentialModel() {}

  /**
   * What a credential is for. What is null or empty bounds nothing, but for the names.
   *
   * @param hosts names of hosts; if there are none here, no subtrees and no site, its own hosts
   * @param subtrees names, each with all below it
   * @param site hosts of this site
   * @param types of records that it may change; null for all, empty for none
   * @param frontDoors at which it is taken, such as {@code dyndns2}
   * @param networks from which it is taken, as {@code ADDRESS/LENGTH}
   * @param expiresAt as in RFC 3339
   * @param unusedExpirySeconds after which it ends if it is not used
   * @param requiresTls whether its secret is not taken in clear
   */
  @Json
  public record ScopeView(
      @Nullable List<String> hosts,
      @Nullable List<String> subtrees,
      @Nullable String site,
      @Nullable List<String> types,
      @Nullable List<String> frontDoors,
      @Nullable List<String> networks,
      @Nullable String expiresAt,
      @Nullable Long unusedExpirySeconds,
      boolean requiresTls) {}

  /**
   * When a secret was made, and until when it is taken; never the secret.
   *
   * @param validUntil null for the present one
   */
  @Json
  public record CredentialSecretView(String createdAt, @Nullable String validUntil) {}

  /**
   * A credential.
   *
   * @param separate whether it stands for itself; else it ends with the last of its hosts
   * @param lastUsedAt to the minute; null if never
   * @param secrets that are taken now, the present one first
   * @param signing the same of those that sign requests; often none
   */
  @Json
  public record CredentialView(
      String username,
      boolean separate,
      String comment,
      boolean disabled,
      String createdAt,
      @Nullable String lastUsedAt,
      List<CredentialSecretView> secrets,
      List<CredentialSecretView> signing,
      ScopeView scope) {}

  /**
   * All credentials, or those that may change a host, by their user names.
   *
   * @param next what {@code ?after=} has to be for those that come next; null if none do
   */
  @Json
  public record CredentialList(List<CredentialView> credentials, @Nullable String next) {}

  /**
   * A credential to add beside those of hosts.
   *
   * @param signs whether it signs requests as well
   */
  @Json
  public record CredentialWish(
      @Nullable String username,
      @Nullable String comment,
      @Nullable ScopeView scope,
      boolean signs) {}

  /**
   * A credential that was added or has another secret.
   *
   * @param secret shown this once; null if none was made
   * @param signingSecret that signs requests, shown this once; null if none was made
   */
  @Json
  public record CredentialAdded(
      CredentialView credential, @Nullable String secret, @Nullable String signingSecret) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "CredentialAdded[" + credential + "]";
    }
  }

  /**
   * Another secret for a credential.
   *
   * @param overlapSeconds for how long older ones are taken
   */
  @Json
  public record CredentialRotation(long overlapSeconds) {}

  /**
   * A wish for a one-time code.
   *
   * @param kind token (unless given), tsig or sig0
   * @param label how the device is called; {@code device} unless given
   * @param validSeconds how long the code works; an hour unless given
   */
  @Json
  public record EnrolmentWish(
      @Nullable String host,
      @Nullable String kind,
      @Nullable String label,
      @Nullable Long validSeconds) {}

  /**
   * A one-time code.
   *
   * @param id what it is called when the code must not be shown
   * @param code shown this once
   * @param path at which a device turns it in, below the server's URL
   */
  @Json
  public record EnrolmentView(
      String id, String host, String kind, String code, String path, String expiresAt) {
    /** Without the code. */
    @Override
    public String toString() {
      return "EnrolmentView[" + host + "]";
    }
  }

  /**
   * A one-time code that waits to be used, without the code.
   *
   * @param id what it is called
   * @param kind token, tsig or sig0
   * @param label how the device is called
   * @param offeredBy who made it; empty if that was not kept
   */
  @Json
  public record PendingCode(
      String id,
      String host,
      String kind,
      String label,
      String offeredBy,
      String createdAt,
      String expiresAt) {}

  /** The codes that wait to be used, those that expire first before the others. */
  @Json
  public record PendingCodes(List<PendingCode> enrolments) {}

  /**
   * What a device gets for its code.
   *
   * @param kind token, tsig or sig0
   * @param host the name that it may change
   * @param username of a token
   * @param key name of the key, of tsig and sig0
   * @param algorithm of tsig
   * @param secret of a token; in Base64 of tsig; shown this once
   * @param updatePath at which a token changes the host, below the server's URL
   */
  @Json
  public record Enrolled(
      String kind,
      String host,
      String zone,
      @Nullable String username,
      @Nullable String key,
      @Nullable String algorithm,
      @Nullable String secret,
      @Nullable String updatePath) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Enrolled[" + host + "]";
    }
  }
}
