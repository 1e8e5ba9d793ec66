package net.homeport.registry.host;

import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What became of the wish to add a host. */
public sealed interface HostAddition {
  /**
   * Added.
   *
   * @param secret the credential's secret, to be shown once; null if the host joined a credential
   *     that existed
   */
  record Added(Host host, Credential credential, @Nullable String secret) implements HostAddition {}

  /** A host of that name exists. */
  record AlreadyThere(Host host) implements HostAddition {}

  /**
   * The name is none that a device or a person could write.
   *
   * @param why in words for a person
   */
  record NotAHostName(Name name, String why) implements HostAddition {}

  /** The name lies in no zone of this server. */
  record NoSuchZone(Name name) implements HostAddition {}

  /** No credential has that user name. */
  record NoSuchCredential(String username) implements HostAddition {}

  /**
   * Static records stand at the name, or others are authoritative for it; a device may not change
   * that.
   */
  record NameTaken(Name name, String why) implements HostAddition {}

  /**
   * A rule of names speaks against it.
   *
   * @param why in words for a person
   * @param override the flag with which the administrator sets the rule aside
   */
  record Refused(Name name, String why, String override) implements HostAddition {}
}
