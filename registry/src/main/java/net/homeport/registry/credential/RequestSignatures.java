package net.homeport.registry.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed requests of devices without TLS: HMAC-SHA256 over what is asked, the time and a
 * nonce, with the credential's signing secret. Nobody who listens learns a secret, and a request
 * that was heard does not work again:
 *
 * <ul>
 *   <li>its time is within {@link #WINDOW} of the server's;
 *   <li>it is not older than the newest that was taken of this credential, but for {@link
 *       #DISORDER}: who held back a request cannot deliver it after a newer one;
 *   <li>its nonce was not seen within that span;
 *   <li>it was made after this server started, which knows nothing of nonces before, and after what
 *       was forgotten since: that would be fresh again when the clock was set back.
 * </ul>
 *
 * <p>Memory: one entry for a credential that signed within the window, with at most {@link
 * #NONCES_MAX} nonces. Thread safe.
 */
public final class RequestSignatures {
  /** How far a device's clock may be off. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** How much older than the newest a request may be: two that overtook each other. */
  public static final Duration DISORDER = Duration.ofSeconds(5);

  /** Most nonces of one credential at a time: so many requests within {@link #DISORDER}. */
  public static final int NONCES_MAX = 64;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "homeport request signing 1 ";
  private static final Pattern TIME = Pattern.compile("\\d{1,12}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{8,64}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{40}");
  private static final int SWEEP_EACH = 1024;

  /** What became of a signature. */
  public sealed interface Check {
    /** It is right, and new. */
    record Right() implements Check {}

    /** It is not. */
    record Wrong(String why) implements Check {}

    /** It is right, and cannot be taken now. */
    record NotNow(String why, Duration retryAfter) implements Check {}

    /**
     * It is right, but no new request: heard and sent again, or made with a clock that is wrong.
     */
    record Stale(String why) implements Check {}
  }

  private record Taken(long second, String nonce) {}

  /** Never changed but replaced, so that forgetting an old one cannot take a new one with it. */
  private record Seen(long newest, List<Taken> taken) {}

  private final Sealer sealer;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
  private final byte[] nobodysSecret;
  private int untilSweep = SWEEP_EACH;

  /** Of all that was made before this second since 1970, something was forgotten. */
  private volatile long forgottenBefore = Long.MIN_VALUE;

  /**
   * @param nobodysSecret verified with where there is no credential, so that this takes as long
   */
  public RequestSignatures(Sealer sealer, InstantSource clock, String nobodysSecret) {
    this.sealer = sealer;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.nobodysSecret = nobodysSecret.getBytes(StandardCharsets.UTF_8);
  }

  /** A signing secret as it is kept. */
  public SigningSecret sealed(long credentialId, String secret, Instant createdAt) {
    return new SigningSecret(
        sealer.seal(PURPOSE + credentialId, secret.getBytes(StandardCharsets.UTF_8)),
        createdAt,
        null);
  }

  /**
   * Verifies, and remembers the nonce if all is right.
   *
   * @param profile of the credential that was named; null if there is none
   */
  public Check check(Presented.Signed request, @Nullable CredentialProfile profile) {
    Instant now = clock.instant();
    boolean right = false;
    List<SigningSecret> secrets = profile == null ? List.of() : profile.signing();
    byte[] given =
        SIGNATURE.matcher(request.signature()).matches()
            ? HexFormat.of().parseHex(request.signature())
            : new byte[0];
    for (SigningSecret secret : secrets) {
      byte[] opened =
          sealer.open(PURPOSE + (profile == null ? 0 : profile.credentialId()), secret.sealed());
      boolean same = opened != null && MessageDigest.isEqual(hmac(opened, request.text()), given);
      right |= same && secret.isValid(now);
    }
    if (secrets.isEmpty()) {
      boolean _ = MessageDigest.isEqual(hmac(nobodysSecret, request.text()), given);
    }
    if (!right || profile == null) {
      return new Check.Wrong("unknown user name or wrong signature");
    }
    return fresh(request, profile.credentialId(), now);
  }

  /**
   * Verifies the answer to a challenge. That the challenge was ours, and is answered once, is
   * looked after by whoever made it.
   *
   * @param profile of the credential that was named; null if there is none
   */
  public Check check(Presented.Challenged request, @Nullable CredentialProfile profile) {
    Instant now = clock.instant();
    byte[] given = request.digest().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    boolean right = false;
    List<SigningSecret> secrets = profile == null ? List.of() : profile.signing();
    for (SigningSecret secret : secrets) {
      byte[] opened =
          sealer.open(PURPOSE + (profile == null ? 0 : profile.credentialId()), secret.sealed());
      boolean same = opened != null && MessageDigest.isEqual(answer(opened, request.salt()), given);
      right |= same && secret.isValid(now);
    }
    if (secrets.isEmpty()) {
      boolean _ = MessageDigest.isEqual(answer(nobodysSecret, request.salt()), given);
    }
    return right
        ? new Check.Right()
        : new Check.Wrong("unknown user name, wrong secret, or a credential that does not sign");
  }

  /** GnuDIP: md5(md5(secret) "." salt), each in hexadecimal. */
  private static byte[] answer(byte[] secret, String salt) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      String inner = HexFormat.of().formatHex(md5.digest(secret));
      byte[] outer = md5.digest((inner + "." + salt).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(outer).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * FreeDNS's names of a login, one for each secret that signs: to find whose one is. They are
   * worth as much as the secrets.
   */
  public List<String> loginDigests(String username, CredentialProfile profile) {
    var digests = new ArrayList<String>(profile.signing().size());
    for (SigningSecret secret : profile.signing()) {
      byte[] opened = sealer.open(PURPOSE + profile.credentialId(), secret.sealed());
      if (opened != null) {
        digests.add(HexFormat.of().formatHex(loginDigest(username, opened)));
      }
    }
    return digests;
  }

  /**
   * Verifies FreeDNS's name of a login.
   *
   * @param username of the credential that was found by it; empty if none was
   * @param profile of that credential; null if there is none
   */
  public Check check(Presented.Hashed login, String username, @Nullable CredentialProfile profile) {
    Instant now = clock.instant();
    byte[] given =
        DIGEST.matcher(login.digest()).matches()
            ? HexFormat.of().parseHex(login.digest())
            : new byte[0];
    boolean right = false;
    List<SigningSecret> secrets = profile == null ? List.of() : profile.signing();
    for (SigningSecret secret : secrets) {
      byte[] opened =
          sealer.open(PURPOSE + (profile == null ? 0 : profile.credentialId()), secret.sealed());
      boolean same = opened != null && MessageDigest.isEqual(loginDigest(username, opened), given);
      right |= same && secret.isValid(now);
    }
    if (secrets.isEmpty()) {
      boolean _ = MessageDigest.isEqual(loginDigest(username, nobodysSecret), given);
    }
    return right
        ? new Check.Right()
        : new Check.Wrong("no credential that signs has this user name and secret");
  }

  private static byte[] loginDigest(String username, byte[] secret) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update((username + "|").getBytes(StandardCharsets.UTF_8));
      return sha1.digest(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private Check fresh(Presented.Signed request, long credentialId, Instant now) {
    if (!TIME.matcher(request.time()).matches() || !NONCE.matcher(request.nonce()).matches()) {
      return new Check.Wrong(
          "hp-time is not seconds since 1970, or hp-nonce not 8 to 64 of A-Z a-z 0-9 _ -");
    }
    Instant made = Instant.ofEpochSecond(Long.parseLong(request.time()));
    if (Duration.between(made, now).abs().compareTo(WINDOW) > 0) {
      return new Check.Stale(
          "signed at %s, more than %d minutes from the server's %s: heard before, or the device's clock is wrong"
              .formatted(made, WINDOW.toMinutes(), now));
    }
    if (made.getEpochSecond() < startedAt.getEpochSecond()) {
      return new Check.NotNow(
          "signed before the server started, which cannot know whether it was taken then",
          bounded(Duration.between(made, startedAt).plusSeconds(1)));
    }
    sweep(now);
    var taken = new Taken(made.getEpochSecond(), request.nonce());
    var check = new AtomicReference<Check>(new Check.Right());
    seen.compute(
        credentialId,
        (_, before) -> {
          // In here, since what is not there any more may have been forgotten just now.
          Check objection = taken.second < forgottenBefore ? forgotten(taken) : null;
          if (objection == null && before != null) {
            objection = objection(before, taken);
          }
          if (objection == null) {
            return with(before, taken);
          }
          check.set(objection);
          return before;
        });
    return check.get();
  }

  private Check forgotten(Taken taken) {
    return new Check.NotNow(
        "signed before %s, of which it was forgotten what was taken; the server's clock was set back since"
            .formatted(Instant.ofEpochSecond(forgottenBefore)),
        bounded(Duration.ofSeconds(forgottenBefore - taken.second + 1)));
  }

  /** Nobody is sent away for longer: clocks that were wrong are set right. */
  private static Duration bounded(Duration wait) {
    return wait.compareTo(WINDOW) > 0 ? WINDOW : wait;
  }

  private static @Nullable Check objection(Seen before, Taken taken) {
    if (taken.second < before.newest - DISORDER.toSeconds()) {
      return new Check.Stale(
          "signed at %s, and a newer request was taken: held back, heard before, or the device's clock went back"
              .formatted(Instant.ofEpochSecond(taken.second)));
    }
    if (before.taken.stream().anyMatch(one -> one.nonce.equals(taken.nonce))) {
      return new Check.Stale("its nonce was used before: heard and sent again");
    }
    return before.taken.size() >= NONCES_MAX && with(before, taken).taken.size() > NONCES_MAX
        ? new Check.NotNow(
            "more than %d signed requests in %d seconds"
                .formatted(NONCES_MAX, DISORDER.toSeconds()),
            DISORDER.plusSeconds(1))
        : null;
  }

  private static Seen with(@Nullable Seen before, Taken taken) {
    long newest = before == null ? taken.second : Math.max(before.newest, taken.second);
    List<Taken> kept = before == null ? List.of() : before.taken;
    return new Seen(
        newest,
        Stream.concat(kept.stream(), Stream.of(taken))
            .filter(one -> one.second >= newest - DISORDER.toSeconds())
            .toList());
  }

  /** Now and then forgets who did not sign within the window: nothing older would be taken. */
  private synchronized void sweep(Instant now) {
    if (--untilSweep > 0) {
      return;
    }
    untilSweep = Math.max(SWEEP_EACH, seen.size());
    long end = now.minus(WINDOW.multipliedBy(2)).getEpochSecond();
    if (seen.values().stream().anyMatch(one -> one.newest < end)) {
      forgottenBefore = Math.max(forgottenBefore, end);
      seen.values().removeIf(one -> one.newest < end);
    }
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** How many credentials are remembered. */
  int remembered() {
    return seen.size();
  }
}
