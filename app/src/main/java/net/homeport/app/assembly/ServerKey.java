package net.homeport.app.assembly;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.store.folder.DataFolder;

/** The key of a server, under which its secrets are hashed and encrypted. */
final class ServerKey {
  private ServerKey() {}

  /** The key that the folder keeps; made at the first start. */
  static byte[] of(DataFolder folder, RandomGenerator random) throws IOException {
    Optional<byte[]> kept = folder.key();
    if (kept.isPresent()) {
      return kept.get();
    }
    byte[] key = new byte[SecretHasher.KEY_OCTETS];
    random.nextBytes(key);
    folder.createKey(key);
    return key;
  }
}
