package net.homeport.nameserver.tsig;

import org.xbill.DNS.Name;

/** A secret that we share with someone, its name and the one algorithm it is for. */
public final class TsigKey {
  private final Name name;
  private final TsigAlgorithm algorithm;
  private final byte[] secret;

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

  /** Without the secret. */
  @Override
  public String toString() {
    return "TsigKey[%s %s]".formatted(name, algorithm.text());
  }
}
