package net.homeport.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.zone.address.AddressBlock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** The scope of a credential as seven columns, legible to who looks into the file. */
final class ScopeCodec {
  private static final String OWN = "own";
  private static final String NONE = "none";
  private static final String SITE = "site ";
  private static final String ACCOUNT = "account ";
  private static final String NAME = "name ";
  private static final String SUBTREE = "subtree ";

  private ScopeCodec() {}

  /** The values of its columns, in their order. */
  static List<@Nullable Object> values(CredentialScope scope) {
    Instant expiresAt = scope.expiresAt();
    Duration unusedExpiry = scope.unusedExpiry();
    var values = new ArrayList<@Nullable Object>();
    values.add(text(scope.names()));
    values.add(scope.types().stream().map(String::valueOf).collect(Collectors.joining(",")));
    values.add(String.join(",", scope.frontDoors()));
    values.add(
        scope.networks().stream().map(AddressBlock::toString).collect(Collectors.joining(",")));
    values.add(expiresAt == null ? null : expiresAt.toEpochMilli());
    values.add(unusedExpiry == null ? null : unusedExpiry.toSeconds());
    values.add(scope.requiresTls());
    return values;
  }

  private static String text(NameScope names) {
    return switch (names) {
      case NameScope.Own _ -> OWN;
      case NameScope.None _ -> NONE;
      case NameScope.OfSite of -> SITE + of.site();
      case NameScope.Listed listed ->
          listed.entries().stream().map(ScopeCodec::text).collect(Collectors.joining("\n"));
    };
  }

  private static String text(NameScope.Entry entry) {
    String whose =
        entry.accountId() == NameScope.Entry.ANYBODY ? "" : ACCOUNT + entry.accountId() + " ";
    return whose + (entry.subtree() ? SUBTREE : NAME) + entry.name();
  }

  /** The scope of these columns. */
  static CredentialScope scope(long credentialId, ResultSet row, int first) throws SQLException {
    long expiresAt = row.getLong(first + 4);
    Instant end = row.wasNull() ? null : Instant.ofEpochMilli(expiresAt);
    long unused = row.getLong(first + 5);
    Duration unusedExpiry = row.wasNull() ? null : Duration.ofSeconds(unused);
    try {
      return new CredentialScope(
          names(row.getString(first)),
          list(row.getString(first + 1)).map(Integer::valueOf).collect(Collectors.toSet()),
          list(row.getString(first + 2)).collect(Collectors.toSet()),
          list(row.getString(first + 3)).map(AddressBlock::parse).toList(),
          end,
          unusedExpiry,
          row.getBoolean(first + 6));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | TextParseException e) {
      throw new DamagedContentException(
          "the scope of the credential %d is illegible: %s".formatted(credentialId, e), e);
    }
  }

  private static Stream<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).filter(one -> !one.isEmpty());
  }

  private static NameScope names(String text) throws TextParseException {
    if (text.equals(OWN)) {
      return NameScope.OWN;
    }
    if (text.equals(NONE)) {
      return NameScope.NONE;
    }
    if (text.startsWith(SITE)) {
      return new NameScope.OfSite(text.substring(SITE.length()));
    }
    var entries = new ArrayList<NameScope.Entry>();
    for (String written : List.of(text.split("\n", -1))) {
      String line = written;
      long accountId = NameScope.Entry.ANYBODY;
      if (line.startsWith(ACCOUNT)) {
        int blank = line.indexOf(' ', ACCOUNT.length());
        accountId = Long.parseLong(line, ACCOUNT.length(), blank, 10);
        line = line.substring(blank + 1);
      }
      boolean subtree = line.startsWith(SUBTREE);
      String name = line.substring(subtree ? SUBTREE.length() : NAME.length());
      entries.add(new NameScope.Entry(Name.fromString(name, Name.root), subtree, accountId));
    }
    return new NameScope.Listed(entries);
  }
}
