package net.homeport.nameserver.tsig;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.Name;

/** A secret that we share with someone, its name and the one algorithm it is for. */
public final class TsigKey {
  private static final int IDLE_MACS_MAX = 8;

  private final Name name;
  private final TsigAlgorithm algorithm;
  private final byte[] secret;
  private final BlockingQueue<Mac> idleMacs = new ArrayBlockingQueue<>(IDLE_MACS_MAX);

  /**
   * @param name the same on both sides (RFC 8945 section 4.2)
   * @param secret at least one octet
   */
  public TsigKey(Name name, TsigAlgorithm algorithm, byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("a TSIG secret has at least one octet");
    }
    this.name = name;
    this.algorithm = algorithm;
    this.secret = secret.clone();
  }

  /** Its name. */
  public Name name() {
    return name;
  }

  /** The only algorithm that it is used with. */
  public TsigAlgorithm algorithm() {
    return algorithm;
  }

  /** The secret; a copy. */
  public byte[] secret() {
    return secret.clone();
  }

  /** A MAC object with this secret; they are costly to make. To be given back. */
  Mac takeMac() {
    Mac idle = idleMacs.poll();
    if (idle != null) {
      return idle;
    }
    try {
      Mac mac = Mac.getInstance(algorithm.macName());
      mac.init(new SecretKeySpec(secret, algorithm.macName()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.macName(), e);
    }
  }

  /** For who takes one next. */
  void giveBack(Mac mac) {
    mac.reset();
    boolean _ = idleMacs.offer(mac);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TsigKey[%s %s]".formatted(name, algorithm.text());
  }
}
