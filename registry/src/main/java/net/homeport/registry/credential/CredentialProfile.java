package net.homeport.registry.credential;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a credential. Those about which nothing is have none: the {@link #plain}
 * one is what is true of them.
 *
 * @param credentialId whose it is
 * @param separate whether it stands for itself, and does not end with the last of its hosts
 * @param comment what a person noted; may be empty
 * @param disabled whether it is not taken for now
 * @param secretCreatedAt when its present secret was made; null if with the credential
 * @param older secrets that are still taken, the newest first
 * @param signing secrets that sign requests, the newest first
 */
public record CredentialProfile(
    long credentialId,
    boolean separate,
    String comment,
    boolean disabled,
    @Nullable Instant secretCreatedAt,
    List<OlderSecret> older,
    List<SigningSecret> signing,
    CredentialScope scope) {
  /** Most secrets that are taken at a time, of each kind. */
  public static final int SECRETS_MAX = 3;

  /** Most characters of a comment. */
  public static final int COMMENT_MAX = 500;

  public CredentialProfile {
    older = List.copyOf(older);
    signing = List.copyOf(signing);
  }

  /** Of a credential about which nothing is special. */
  public static CredentialProfile plain(long credentialId) {
    return new CredentialProfile(
        credentialId, false, "", false, null, List.of(), List.of(), CredentialScope.DEFAULT);
  }

  /** Whether the credential may have been given out and taken back, for now. */
  public CredentialProfile disabled(boolean off) {
    return new CredentialProfile(
        credentialId, separate, comment, off, secretCreatedAt, older, signing, scope);
  }

  /** The same with another scope. */
  public CredentialProfile with(CredentialScope other) {
    return new CredentialProfile(
        credentialId, separate, comment, disabled, secretCreatedAt, older, signing, other);
  }

  /** The same with a secret that was made now, beside these. */
  public CredentialProfile rotated(Instant now, List<OlderSecret> others) {
    return new CredentialProfile(
        credentialId, separate, comment, disabled, now, others, signing, scope);
  }

  /** The same with these that sign. */
  public CredentialProfile signing(List<SigningSecret> others) {
    return new CredentialProfile(
        credentialId, separate, comment, disabled, secretCreatedAt, older, others, scope);
  }
}
