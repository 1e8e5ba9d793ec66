package net.homeport.registry.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import net.homeport.registry.account.AccountRefusedException.Kind;
import net.homeport.registry.credential.SecretHash;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * All accounts and people, in memory over a durable store. Reads take no lock; changes come one
 * after the other, stored first. Who may make a change is for {@link Authorization}.
 */
public final class AccountRegistry {
  private final AccountStore store;
  private final InstantSource clock;
  private final Map<Long, Account> accounts = new ConcurrentHashMap<>();
  private final Map<Long, Person> people = new ConcurrentHashMap<>();
  private final Map<Long, Map<Long, Role>> roles = new ConcurrentHashMap<>();
  private final Map<SecretHash, PersonalToken> tokens = new ConcurrentHashMap<>();
  private final Map<Long, List<NameGrant>> grants = new ConcurrentHashMap<>();
  private long lastId;

  /** Loads what the store holds; the account of the house exists always. */
  public AccountRegistry(AccountStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    accounts.put(Account.HOUSE, new Account(Account.HOUSE, "house", null, false, Instant.EPOCH));
    store.accounts().forEach(account -> accounts.put(account.id(), account));
    store.people().forEach(person -> people.put(person.id(), person));
    store.memberships().forEach(this::remember);
    store.tokens().forEach(token -> tokens.put(token.hash(), token));
    store.grants().forEach(this::remember);
    lastId = Math.max(Account.HOUSE, store.lastId());
    accounts.keySet().forEach(id -> lastId = Math.max(lastId, id));
    people.keySet().forEach(id -> lastId = Math.max(lastId, id));
    tokens.values().forEach(token -> lastId = Math.max(lastId, token.id()));
  }

  private void remember(Membership membership) {
    roles
        .computeIfAbsent(membership.accountId(), _ -> new ConcurrentHashMap<>())
        .put(membership.personId(), membership.role());
  }

  private void remember(NameGrant grant) {
    grants.merge(
        grant.accountId(),
        List.of(grant),
        (all, more) -> {
          var both = new ArrayList<>(all);
          both.removeIf(other -> other.subtree().equals(grant.subtree()));
          both.addAll(more);
          return List.copyOf(both);
        });
  }

  /** The account of this number, or null. */
  public @Nullable Account account(long id) {
    return accounts.get(id);
  }

  /** The account of this name, or null. */
  public @Nullable Account account(String name) {
    return accounts.values().stream()
        .filter(account -> account.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /** All accounts, in the order of their names. */
  public List<Account> accounts() {
    return accounts.values().stream().sorted(Comparator.comparing(Account::name)).toList();
  }

  /** The person of this number, or null. */
  public @Nullable Person person(long id) {
    return people.get(id);
  }

  /** The person of this name, or null. */
  public @Nullable Person person(String name) {
    return people.values().stream()
        .filter(person -> person.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /** All people, in the order of their names. */
  public List<Person> people() {
    return people.values().stream().sorted(Comparator.comparing(Person::name)).toList();
  }

  /** What that person is to that account, or null. */
  public @Nullable Role role(long accountId, long personId) {
    Map<Long, Role> members = roles.get(accountId);
    return members == null ? null : members.get(personId);
  }

  /** The members of an account, by their person's number. */
  public Map<Long, Role> members(long accountId) {
    return Map.copyOf(roles.getOrDefault(accountId, Map.of()));
  }

  /** Under which names that account may have hosts. */
  public List<NameGrant> grants(long accountId) {
    return grants.getOrDefault(accountId, List.of());
  }

  /** Whether that account may have all hosts at this name and below, and no other may have any. */
  public boolean hasAlone(Account account, Name subtree) {
    return grants(account.id()).stream().anyMatch(grant -> grant.covers(subtree))
        && grants.values().stream()
            .flatMap(List::stream)
            .allMatch(grant ->
                grant.accountId() == account.id()
                    || !(grant.covers(subtree) || grant.subtree().subdomain(subtree)));
  }

  /** The token whose secret has this hash, or null; it may have expired. */
  public @Nullable PersonalToken token(SecretHash hash) {
    return tokens.get(hash);
  }

  /** The tokens of a person, oldest first. */
  public List<PersonalToken> tokens(long personId) {
    return tokens.values().stream()
        .filter(token -> token.personId() == personId)
        .sorted(Comparator.comparingLong(PersonalToken::id))
        .toList();
  }

  /** Whether the token was neither removed nor has expired. */
  boolean isCurrent(PersonalToken token, Instant now) {
    Instant expiresAt = token.expiresAt();
    return tokens.containsKey(token.hash()) && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** Adds an account. */
  public synchronized Account addAccount(String name, @Nullable Integer hostsMax)
      throws AccountRefusedException {
    checkName(name, Account.NAME_MAX, "account");
    if (account(name) != null) {
      throw new AccountRefusedException(
          Kind.CONFLICT, "an account '%s' exists already".formatted(name));
    }
    checkHostsMax(hostsMax);
    var account = new Account(++lastId, name, hostsMax, false, clock.instant());
    put(account);
    return account;
  }

  private static void checkHostsMax(@Nullable Integer hostsMax) throws AccountRefusedException {
    if (hostsMax != null && hostsMax < 0) {
      throw new AccountRefusedException(
          Kind.INVALID, "an account may have 0 or more hosts, not %d".formatted(hostsMax));
    }
  }

  private void put(Account account) {
    store.put(account);
    accounts.put(account.id(), account);
  }

  /** Changes how many hosts an account may have, and whether its members may do anything. */
  public synchronized Account change(Account account, @Nullable Integer hostsMax, boolean suspended)
      throws AccountRefusedException {
    checkHostsMax(hostsMax);
    if (account.id() == Account.HOUSE) {
      throw new AccountRefusedException(
          Kind.CONFLICT, "the account of the house is never limited or suspended");
    }
    var changed =
        new Account(account.id(), account.name(), hostsMax, suspended, account.createdAt());
    put(changed);
    return changed;
  }

  /**
   * Removes an account that has no hosts any more.
   *
   * @param hosts how many it has
   */
  public synchronized void removeAccount(Account account, long hosts)
      throws AccountRefusedException {
    if (account.id() == Account.HOUSE) {
      throw new AccountRefusedException(
          Kind.CONFLICT, "the account of the house cannot be removed");
    }
    if (hosts > 0) {
      throw new AccountRefusedException(
          Kind.CONFLICT,
          "the account '%s' has %d hosts; remove them first, or suspend the account"
              .formatted(account.name(), hosts));
    }
    store.removeAccount(account.id());
    accounts.remove(account.id());
    roles.remove(account.id());
    grants.remove(account.id());
    tokens.values().removeIf(token -> Objects.equals(token.accountId(), account.id()));
  }

  /** Adds a person, or gives the one of that name. */
  public synchronized Person addPerson(String name, @Nullable String passwordHash)
      throws AccountRefusedException {
    checkName(name, Person.NAME_MAX, "person");
    if (person(name) != null) {
      throw new AccountRefusedException(
          Kind.CONFLICT, "a person '%s' exists already".formatted(name));
    }
    var person = new Person(++lastId, name, passwordHash, false, clock.instant());
    put(person);
    return person;
  }

  private void put(Person person) {
    store.put(person);
    people.put(person.id(), person);
  }

  private static void checkName(String name, int max, String what) throws AccountRefusedException {
    boolean fine =
        !name.isBlank()
            && name.length() <= max
            && name.chars().noneMatch(c -> c < ' ' || c == ':' || c == '/' || c == 0x7F)
            && name.equals(name.strip());
    if (!fine) {
      throw new AccountRefusedException(
          Kind.INVALID,
          "'%s' cannot be the name of %s: it has 1 to %d characters, none of them a colon, a slash or a control character, and no blanks at its ends"
              .formatted(name, what.equals("account") ? "an account" : "a person", max));
    }
  }

  /** Gives a person another password. */
  public synchronized void setPassword(Person person, String passwordHash) {
    put(
        new Person(
            person.id(), person.name(), passwordHash, person.disabled(), person.createdAt()));
  }

  /** Makes that a person may do nothing, or may again. */
  public synchronized void setDisabled(Person person, boolean disabled) {
    put(
        new Person(
            person.id(), person.name(), person.passwordHash(), disabled, person.createdAt()));
  }

  /** Removes a person, with roles and tokens. */
  public synchronized void removePerson(Person person) throws AccountRefusedException {
    for (Map.Entry<Long, Map<Long, Role>> account : roles.entrySet()) {
      refuseIfLastOwner(account.getKey(), person.id());
    }
    store.removePerson(person.id());
    people.remove(person.id());
    roles.values().forEach(members -> members.remove(person.id()));
    tokens.values().removeIf(token -> token.personId() == person.id());
  }

  private void refuseIfLastOwner(long accountId, long personId) throws AccountRefusedException {
    Map<Long, Role> members = roles.getOrDefault(accountId, Map.of());
    boolean isOwner = members.get(personId) == Role.OWNER;
    boolean isLast =
        members.entrySet().stream()
            .noneMatch(other -> other.getKey() != personId && other.getValue() == Role.OWNER);
    if (isOwner && isLast && members.size() > 1) {
      throw new AccountRefusedException(
          Kind.CONFLICT,
          "they are the last owner of an account that has other members; make another one its owner first");
    }
  }

  /** Makes a person a member, or changes what they are. */
  public synchronized void setRole(Account account, Person person, Role role)
      throws AccountRefusedException {
    if (role != Role.OWNER) {
      refuseIfLastOwner(account.id(), person.id());
    }
    var membership = new Membership(account.id(), person.id(), role);
    store.put(membership);
    remember(membership);
  }

  /** Makes that a person is no member any more. */
  public synchronized void removeMember(Account account, Person person)
      throws AccountRefusedException {
    if (role(account.id(), person.id()) == null) {
      throw new AccountRefusedException(
          Kind.NOT_FOUND, "%s is no member of '%s'".formatted(person.name(), account.name()));
    }
    refuseIfLastOwner(account.id(), person.id());
    store.removeMembership(account.id(), person.id());
    roles.getOrDefault(account.id(), Map.of()).remove(person.id());
  }

  /** Keeps a token of a person; only its hash is known here. */
  public synchronized PersonalToken addToken(
      Person person,
      SecretHash hash,
      String label,
      Role limit,
      @Nullable Long accountId,
      @Nullable Instant expiresAt)
      throws AccountRefusedException {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw new AccountRefusedException(Kind.INVALID, "the token would have expired already");
    }
    var token =
        new PersonalToken(
            ++lastId, person.id(), hash, label, limit, accountId, expiresAt, clock.instant());
    store.put(token);
    tokens.put(hash, token);
    return token;
  }

  /** Removes a token of a person: it is worth nothing from now on. */
  public synchronized void removeToken(Person person, long id) throws AccountRefusedException {
    PersonalToken token =
        tokens(person.id()).stream()
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow(() ->
                new AccountRefusedException(
                    Kind.NOT_FOUND, "%s has no token %d".formatted(person.name(), id)));
    store.removeToken(id);
    tokens.remove(token.hash());
  }

  /** Lets an account have hosts at a name and below. */
  public synchronized void grant(Account account, Name subtree) {
    var grant = new NameGrant(account.id(), subtree);
    store.put(grant);
    remember(grant);
  }

  /** Ends that; hosts that exist stay. */
  public synchronized void revoke(Account account, Name subtree) throws AccountRefusedException {
    List<NameGrant> left =
        grants(account.id()).stream().filter(grant -> !grant.subtree().equals(subtree)).toList();
    if (left.size() == grants(account.id()).size()) {
      throw new AccountRefusedException(
          Kind.NOT_FOUND,
          "'%s' has no grant of %s"
              .formatted(account.name(), subtree.toString(true).toLowerCase(Locale.ROOT)));
    }
    store.removeGrant(account.id(), subtree);
    grants.put(account.id(), left);
  }
}
