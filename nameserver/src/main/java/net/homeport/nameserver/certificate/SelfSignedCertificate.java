package net.homeport.nameserver.certificate;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * A certificate (RFC 5280) for which nobody vouches, to try things out: clients have to be told to
 * trust it, by its fingerprint or pin.
 *
 * @param certificate PEM text
 * @param key PEM text of its private key, on the curve P-256
 */
public record SelfSignedCertificate(String certificate, String key) {

  private static final int YEARS = 10;
  private static final int SERIAL_BITS = 126;
  private static final int VERSION_3 = 2;
  private static final int SAN_DNS = 2;
  private static final int SAN_ADDRESS = 7;

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Makes one, with a new key.
   *
   * @param names DNS names it is for
   * @param addresses addresses it is for
   */
  public static SelfSignedCertificate create(
      Collection<String> names,
      Collection<InetAddress> addresses,
      Instant now,
      SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      byte[] content = content(pair, names, addresses, now, random);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate(), random);
      signature.update(content);
      byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
      return new SelfSignedCertificate(
          PemText.certificate(signed).text(),
          PemText.privateKey(pair.getPrivate().getEncoded()).text());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without the curve P-256", e);
    }
  }

  private static byte[] content(
      KeyPair pair,
      Collection<String> names,
      Collection<InetAddress> addresses,
      Instant now,
      SecureRandom random) {
    byte[] name =
        Der.sequence(
            Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8String("Homeport, self-signed"))));
    Instant end = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    return Der.sequence(
        Der.explicit(0, Der.integer(BigInteger.valueOf(VERSION_3))),
        Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS)),
        ECDSA_WITH_SHA256,
        name,
        Der.sequence(time(now), time(end)),
        name,
        pair.getPublic().getEncoded(),
        Der.explicit(
            3, Der.sequence(basicConstraints(), keyUsage(), serverAuth(), san(names, addresses))));
  }

  // RFC 5280 4.1.2.5 wants another type before 2050, which says the year in two digits.
  private static byte[] time(Instant time) {
    String text = TIME.format(time);
    return text.compareTo("2050") < 0 ? Der.utcTime(text.substring(2)) : Der.generalizedTime(text);
  }

  /** No certificate authority. */
  private static byte[] basicConstraints() {
    return extension(Der.oid(2, 5, 29, 19), true, Der.sequence());
  }

  /** Bit 0, digitalSignature. */
  private static byte[] keyUsage() {
    return extension(Der.oid(2, 5, 29, 15), true, Der.bitString(new byte[] {(byte) 0x80}));
  }

  private static byte[] serverAuth() {
    return extension(
        Der.oid(2, 5, 29, 37), false, Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1)));
  }

  private static byte[] san(Collection<String> names, Collection<InetAddress> addresses) {
    byte[][] all =
        Stream.concat(
                names.stream()
                    .map(name -> Der.implicit(SAN_DNS, name.getBytes(StandardCharsets.US_ASCII))),
                addresses.stream().map(address -> Der.implicit(SAN_ADDRESS, address.getAddress())))
            .toArray(byte[][]::new);
    return extension(Der.oid(2, 5, 29, 17), false, Der.sequence(all));
  }

  private static byte[] extension(byte[] oid, boolean critical, byte[] value) {
    byte[] wrapped = Der.octetString(value);
    return critical ? Der.sequence(oid, Der.bool(true), wrapped) : Der.sequence(oid, wrapped);
  }
}
