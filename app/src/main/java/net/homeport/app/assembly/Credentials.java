package net.homeport.app.assembly;

import java.time.InstantSource;
import net.homeport.registry.account.CredentialOwners;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.credential.Sealer;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.host.HostAuthenticator;
import net.homeport.registry.host.HostCredentials;
import net.homeport.registry.host.HostGrants;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.SiteMembers;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.update.CredentialAccess;
import net.homeport.store.sqlite.SqliteCredentialStore;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteEnrolmentStore;
import net.homeport.web.api.CredentialResource;

/** Everything about the credentials of hosts, wired: what they may do, who uses them, enrolment. */
final class Credentials implements AutoCloseable {
  private final SqliteDatabase database;
  private final HostRegistry registry;
  private final HostCredentials credentials;
  private final HostGrants grants;
  private final HostAuthenticator authenticator;
  private final SecretHasher hasher;
  private final InstantSource clock;
  private final EachMinute keeping;

  private Credentials(
      SqliteDatabase database,
      HostRegistry registry,
      HostCredentials credentials,
      HostGrants grants,
      HostAuthenticator authenticator,
      SecretHasher hasher,
      InstantSource clock,
      EachMinute keeping) {
    this.database = database;
    this.registry = registry;
    this.credentials = credentials;
    this.grants = grants;
    this.authenticator = authenticator;
    this.hasher = hasher;
    this.clock = clock;
    this.keeping = keeping;
  }

  static Credentials open(
      SqliteDatabase database,
      HostRegistry registry,
      SecretHasher hasher,
      Sealer sealer,
      SiteMembers sites,
      HostOwners owners,
      InstantSource clock) {
    var store = new SqliteCredentialStore(database);
    var uses = new CredentialUses(store);
    var signatures = new RequestSignatures(sealer, clock, hasher.newSecret());
    var credentials = new HostCredentials(registry, store, uses, signatures, hasher);
    var grants = new HostGrants(registry, sites, owners);
    return new Credentials(
        database,
        registry,
        credentials,
        grants,
        new HostAuthenticator(registry, hasher, grants, uses, signatures),
        hasher,
        clock,
        new EachMinute(
            "last uses of credentials",
            () -> uses.flush(CredentialUses.FLUSH_PAGES_MAX),
            () -> uses.flush(Integer.MAX_VALUE)));
  }

  HostAuthenticator authenticator() {
    return authenticator;
  }

  HostCredentials credentials() {
    return credentials;
  }

  /** Which hosts a credential is for. */
  HostGrants grants() {
    return grants;
  }

  SecretHasher hasher() {
    return hasher;
  }

  /** Hosts and types of records that a credential is for. */
  CredentialAccess access() {
    return new CredentialAccess(grants);
  }

  CredentialResource resource(CredentialOwners owners) {
    return new CredentialResource(registry, credentials, grants, owners);
  }

  /** One-time codes; they make keys as well. */
  Enrolments enrolments(KeyRegistry keys, RejectedAttempts rejected) {
    return new Enrolments(
        registry, credentials, keys, new SqliteEnrolmentStore(database), hasher, rejected, clock);
  }

  @Override
  public void close() {
    keeping.close();
  }
}
