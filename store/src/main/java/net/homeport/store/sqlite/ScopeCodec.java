package net.homeport.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** The scope of a credential as seven columns, legible to who looks into the file. */
final class ScopeCodec {
  private static final String OWN = "own";
  private static final String SITE = "site ";
  private static final String NAME = "name ";
  private static final String SUBTREE = "subtree ";

  private ScopeCodec() {}

  /** Sets the columns from this one on. */
  static void set(PreparedStatement insert, int first, CredentialScope scope) throws SQLException {
    Instant expiresAt = scope.expiresAt();
    Duration unusedExpiry = scope.unusedExpiry();
    insert.setString(first, text(scope.names()));
    insert.setString(
        first + 1, scope.types().stream().map(String::valueOf).collect(Collectors.joining(",")));
    insert.setString(first + 2, String.join(",", scope.frontDoors()));
    insert.setString(
        first + 3,
        scope.networks().stream().map(AddressBlock::toString).collect(Collectors.joining(",")));
    if (expiresAt == null) {
      insert.setNull(first + 4, Types.INTEGER);
    } else {
      insert.setLong(first + 4, expiresAt.toEpochMilli());
    }
    if (unusedExpiry == null) {
      insert.setNull(first + 5, Types.INTEGER);
    } else {
      insert.setLong(first + 5, unusedExpiry.toSeconds());
    }
    insert.setBoolean(first + 6, scope.requiresTls());
  }

  private static String text(NameScope names) {
    return switch (names) {
      case NameScope.Own _ -> OWN;
      case NameScope.OfSite of -> SITE + of.site();
      case NameScope.Listed listed ->
          listed.entries().stream()
              .map(entry -> (entry.subtree() ? SUBTREE : NAME) + entry.name())
              .collect(Collectors.joining("\n"));
    };
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
    } catch (IllegalArgumentException | TextParseException e) {
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
    if (text.startsWith(SITE)) {
      return new NameScope.OfSite(text.substring(SITE.length()));
    }
    var entries = new ArrayList<NameScope.Entry>();
    for (String line : List.of(text.split("\n", -1))) {
      boolean subtree = line.startsWith(SUBTREE);
      String name = line.substring(subtree ? SUBTREE.length() : NAME.length());
      entries.add(new NameScope.Entry(Name.fromString(name, Name.root), subtree));
    }
    return new NameScope.Listed(entries);
  }
}
