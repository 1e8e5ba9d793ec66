package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the API about keys that sign updates. A rule is one line of words, such as {@code
 * zone dyn.example.org subtree office.dyn.example.org type A,AAAA operation add,delete}.
 */
public final class KeyModel {
  private KeyModel() {}

  /**
   * A key to add.
   *
   * @param algorithm of HMAC; hmac-sha256 unless given
   * @param secret one that others have already, in Base64; else one is made
   * @param allowMd5 whether hmac-md5 is meant
   * @param publicKey RDATA of a KEY record, for SIG(0) in place of TSIG
   * @param rules what it may do
   */
  @Json
  public record NewUpdateKey(
      @Nullable String name,
      @Nullable String algorithm,
      @Nullable String secret,
      boolean allowMd5,
      @Nullable String publicKey,
      @Nullable String comment,
      @Nullable List<String> rules) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "NewUpdateKey[" + name + "]";
    }
  }

  /**
   * Another secret for a key.
   *
   * @param overlapSeconds for how long older ones stay valid
   * @param secret one that others have already, in Base64; else one is made
   */
  @Json
  public record Rotation(long overlapSeconds, @Nullable String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Rotation[" + overlapSeconds + "]";
    }
  }

  /** A rule to add. */
  @Json
  public record NewRule(@Nullable String rule) {}

  /** A rule of a key. */
  @Json
  public record RuleView(int number, String rule) {}

  /**
   * When a secret was made, and until when it is valid; never the secret.
   *
   * @param validUntil null for the present one
   */
  @Json
  public record SecretView(String createdAt, @Nullable String validUntil) {}

  /**
   * A key.
   *
   * @param algorithm of HMAC, or {@code sig0}
   * @param publicKey RDATA of the KEY record, of SIG(0) only
   */
  @Json
  public record KeyView(
      String name,
      String algorithm,
      String comment,
      String createdAt,
      boolean disabled,
      List<SecretView> secrets,
      @Nullable String publicKey,
      List<RuleView> rules) {}

  /**
   * A key that was added or has another secret.
   *
   * @param secret in Base64, shown this once; null of SIG(0)
   */
  @Json
  public record KeyAdded(KeyView key, @Nullable String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "KeyAdded[" + key + "]";
    }
  }

  /** All keys. */
  @Json
  public record KeyList(List<KeyView> keys) {}

  /**
   * Would this update pass?
   *
   * @param key name of the key that signs it
   * @param zone null if a line says it
   * @param from address from which it comes; that of who asks unless given
   * @param lines as nsupdate takes them
   */
  @Json
  public record UpdateQuestion(
      @Nullable String key,
      @Nullable String zone,
      @Nullable String from,
      @Nullable List<String> lines) {}

  /** A rule that was looked at, and why it does not allow the operation. */
  @Json
  public record RuleFindingView(String rule, String why) {}

  /**
   * An operation of the update that is allowed.
   *
   * @param rules those that allow it
   */
  @Json
  public record OperationView(String operation, List<String> rules) {}

  /**
   * What would become of the update.
   *
   * @param rcode by which DNS would answer
   * @param why in words
   * @param operations if all are allowed
   * @param changes what would change: owner, type, before, after
   * @param rulesLookedAt if one is not allowed
   */
  @Json
  public record UpdateVerdict(
      boolean passes,
      String rcode,
      String why,
      List<OperationView> operations,
      List<String> changes,
      List<RuleFindingView> rulesLookedAt) {}
}
