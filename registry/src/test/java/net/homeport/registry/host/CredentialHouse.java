package net.homeport.registry.host;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.homeport.registry.House;
import net.homeport.registry.credential.Authentication;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.CredentialUses;
import net.homeport.registry.credential.MemoryCredentialStore;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.RequestSignatures;
import net.homeport.registry.history.RejectedAttempt;
import net.homeport.registry.history.RejectedAttempts;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.CredentialAccess;
import net.homeport.registry.update.DirectPlanner;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.registry.update.UpdateStages;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;

/** A house whose credentials have scopes, wired as the server is. */
public final class CredentialHouse implements AutoCloseable {
  public final House house;
  public final MemoryCredentialStore store = new MemoryCredentialStore();
  public final CredentialUses uses = new CredentialUses(store);
  public final RequestSignatures signatures;
  public final HostCredentials credentials;
  public final HostGrants grants;
  public final HostAuthenticator authenticator;
  public final HostUpdates updates;

  /** Why requests were rejected, as the history has it. */
  public final List<String> rejected = Collections.synchronizedList(new ArrayList<>());

  public CredentialHouse(String... zones) {
    house = new House(zones);
    signatures =
        new RequestSignatures(
            new SecretCipher(new byte[32], new Random(3)), house.clock, "a secret of nobody");
    credentials = new HostCredentials(house.hosts, store, uses, signatures, house.hasher);
    grants =
        new HostGrants(
            house.hosts,
            (site, host) -> site.equals("office") && host.name().toString().startsWith("desk"));
    authenticator = new HostAuthenticator(house.hosts, house.hasher, grants, uses, signatures);
    var access = new CredentialAccess(grants);
    updates =
        new HostUpdates(
            house.hosts,
            house.writer,
            house.clock,
            new UpdateStages(
                authenticator,
                access,
                new DirectPlanner(house.writer::snapshot),
                List.of(access),
                List.of(),
                new Kept()));
  }

  private final class Kept implements RejectedAttempts {
    @Override
    public void record(RejectedAttempt attempt) {
      rejected.add(attempt.why());
    }

    @Override
    public List<RejectedAttempt> latest(@Nullable String name, @Nullable Instant since, int limit) {
      return List.of();
    }

    @Override
    public long dropped() {
      return 0;
    }
  }

  /** Adds a host; returns the secret of its own credential. */
  public String host(String name) {
    return Objects.requireNonNull(house.host(name).secret());
  }

  /** Adds a credential of this user name; returns its secret. */
  public String credential(String username, CredentialScope scope) {
    var done =
        (CredentialChange.Done) credentials.add(new NewCredential(username, "", scope, false));
    return Objects.requireNonNull(done.secret());
  }

  /** For these names, each exact or {@code *.} and the top of a subtree. */
  public static CredentialScope names(String... names) {
    var entries = new ArrayList<NameScope.Entry>();
    for (String name : names) {
      boolean subtree = name.startsWith("*.");
      entries.add(new NameScope.Entry(DnsText.name(subtree ? name.substring(2) : name), subtree));
    }
    return CredentialScope.DEFAULT.with(new NameScope.Listed(entries));
  }

  /** With nothing but its own hosts, from these networks. */
  public static CredentialScope scope(
      Set<Integer> types,
      Set<String> doors,
      List<String> networks,
      @Nullable Instant expiresAt,
      @Nullable Duration unusedExpiry,
      boolean requiresTls) {
    return new CredentialScope(
        NameScope.OWN,
        types,
        doors,
        networks.stream().map(AddressBlock::parse).toList(),
        expiresAt,
        unusedExpiry,
        requiresTls);
  }

  public static RequestOrigin from(String source) {
    return new RequestOrigin(InetAddress.ofLiteral(source), "dyndns2");
  }

  public Authentication token(String token, String source) {
    return authenticator.authenticate(new Presented.Token(token), from(source));
  }

  public Authentication password(String username, String secret, String source) {
    return authenticator.authenticate(new Presented.Password(username, secret), from(source));
  }

  /**
   * Asks for this address of this host; returns the outcome, or the whole answer if there is none.
   */
  public Object update(Presented presented, RequestOrigin origin, String host, String address) {
    var publish = new AddressWish.Publish(InetAddress.ofLiteral(address));
    HostWish wish =
        address.indexOf(':') < 0
            ? new HostWish(host, publish, AddressWish.KEEP)
            : new HostWish(host, AddressWish.KEEP, publish);
    UpdateAnswer answer = updates.update(new UpdateRequest(presented, origin, List.of(wish)));
    return answer instanceof UpdateAnswer.PerHost perHost ? perHost.outcomes().getFirst() : answer;
  }

  /** The same with a token, from a documentation address. */
  public Object update(String token, String host, String address) {
    return update(new Presented.Token(token), from("198.51.100.7"), host, address);
  }

  static UpdateOutcome noSuchHost() {
    return new UpdateOutcome.Rejected(UpdateOutcome.Reason.NO_SUCH_HOST);
  }

  @Override
  public void close() {
    house.close();
  }
}
