package net.homeport.web.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of accounts and people: names here are names there. Times are RFC 3339 in UTC. */
public final class AccountModel {
  private AccountModel() {}

  /**
   * What to add as an account.
   *
   * @param hostsMax how many hosts it may have; any number unless given
   */
  @Json
  public record NewAccount(@Nullable String name, @Nullable Integer hostsMax) {}

  /** What to change of an account; what is null stays. */
  @Json
  public record AccountChange(@Nullable Integer hostsMax, @Nullable Boolean suspended) {}

  /**
   * An account.
   *
   * @param hosts how many it has; null for the house, whose hosts are all others
   * @param names at and below which it may have hosts
   */
  @Json
  public record AccountView(
      String name,
      @Nullable Integer hostsMax,
      @Nullable Long hosts,
      boolean suspended,
      List<String> names,
      List<MemberView> members,
      String createdAt) {}

  /** All accounts that who asks may see. */
  @Json
  public record AccountList(List<AccountView> accounts) {}

  /**
   * A member of an account.
   *
   * @param role {@code viewer}, {@code operator}, {@code administrator} or {@code owner}
   */
  @Json
  public record MemberView(String person, String role) {}

  /** A name that an account may have hosts at and below. */
  @Json
  public record GrantView(@Nullable String name) {}

  /**
   * Who to add as a person.
   *
   * @param password none unless given; a person without one signs in with tokens only
   */
  @Json
  public record NewPerson(@Nullable String name, @Nullable String password) {
    @Override
    public String toString() {
      return "NewPerson[" + name + "]";
    }
  }

  /** Another password, or whether a person may do anything; what is null stays. */
  @Json
  public record PersonChange(@Nullable String password, @Nullable Boolean disabled) {
    @Override
    public String toString() {
      return "PersonChange[disabled=" + disabled + "]";
    }
  }

  /** A person. */
  @Json
  public record PersonView(
      String name,
      boolean disabled,
      boolean hasPassword,
      List<PersonsAccount> accounts,
      List<TokenView> tokens,
      String createdAt) {}

  /** An account that a person is a member of. */
  @Json
  public record PersonsAccount(String account, String role) {}

  /** All people. */
  @Json
  public record PersonList(List<PersonView> people) {}

  /**
   * A token to make.
   *
   * @param label what it is for
   * @param role the most that it may do; all that its owner may unless given
   * @param account the only account it is for; all of its owner's unless given
   * @param days how long it is good for; for ever unless given
   */
  @Json
  public record NewToken(
      @Nullable String label,
      @Nullable String role,
      @Nullable String account,
      @Nullable Integer days) {}

  /** A token. */
  @Json
  public record TokenView(
      long id,
      String label,
      String role,
      @Nullable String account,
      @Nullable String expiresAt,
      String createdAt) {}

  /**
   * A token that was made.
   *
   * @param secret shown this once
   */
  @Json
  public record TokenAdded(TokenView token, String secret) {
    @Override
    public String toString() {
      return "TokenAdded[" + token.id() + "]";
    }
  }
}
