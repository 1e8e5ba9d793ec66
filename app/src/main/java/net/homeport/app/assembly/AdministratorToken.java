package net.homeport.app.assembly;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.store.folder.DataFolder;
import net.homeport.store.sqlite.SqliteDatabase;

/** The token that may do everything: made at the first run, kept as a hash. */
final class AdministratorToken implements Predicate<String> {
  private static final String SETTING = "administrator-token-hash";

  private final SecretHasher hasher;
  private final SecretHash hash;

  private AdministratorToken(SecretHasher hasher, SecretHash hash) {
    this.hasher = hasher;
    this.hash = hash;
  }

  /** Makes the token if there is none yet; it is returned in clear this once. */
  static Optional<String> createIfAbsent(
      SqliteDatabase database, DataFolder folder, SecretHasher hasher) throws IOException {
    if (database.setting(SETTING) != null) {
      return Optional.empty();
    }
    String token = hasher.newSecret();
    folder.writeToken(token);
    database.putSetting(SETTING, hasher.hash(token).octets());
    return Optional.of(token);
  }

  static AdministratorToken of(SqliteDatabase database, SecretHasher hasher) {
    byte[] octets = database.setting(SETTING);
    if (octets == null) {
      throw new IllegalStateException("no administrator's token was made");
    }
    return new AdministratorToken(hasher, new SecretHash(octets));
  }

  @Override
  public boolean test(String token) {
    return hasher.hash(token).isSame(hash);
  }
}
