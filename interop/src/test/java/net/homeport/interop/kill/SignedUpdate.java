package net.homeport.interop.kill;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * UPDATE messages (RFC 2136) signed with TSIG by HMAC-SHA256 (RFC 8945), octet by octet: nothing
 * here is shared with the server.
 *
 * @param key the name of the key
 * @param secret its secret in Base64
 */
record SignedUpdate(String key, String secret) {
  private static final int UPDATE = 5 << 11;
  private static final int TYPE_A = 1;
  private static final int TYPE_SOA = 6;
  private static final int TYPE_TSIG = 250;
  private static final int CLASS_IN = 1;
  private static final int CLASS_ANY = 255;
  private static final int TTL = 60;
  private static final int FUDGE_SECONDS = 300;
  private static final String ALGORITHM = "hmac-sha256";
  private static final int ARCOUNT_LOW = 11;

  /** One message that replaces the A RRsets of these names. */
  byte[] replacing(int id, String zone, Map<String, byte[]> addresses) {
    try {
      var octets = new ByteArrayOutputStream();
      var out = new DataOutputStream(octets);
      for (int field : List.of(id, UPDATE, 1, 0, 2 * addresses.size(), 0)) {
        out.writeShort(field);
      }
      name(out, zone);
      out.writeShort(TYPE_SOA);
      out.writeShort(CLASS_IN);
      for (Map.Entry<String, byte[]> entry : addresses.entrySet()) {
        record(out, entry.getKey(), TYPE_A, CLASS_ANY, 0, new byte[0]);
        record(out, entry.getKey(), TYPE_A, CLASS_IN, TTL, entry.getValue());
      }
      return signed(octets.toByteArray(), id);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  private byte[] signed(byte[] message, int id) throws IOException {
    long now = System.currentTimeMillis() / 1000;
    var variables = new ByteArrayOutputStream();
    var out = new DataOutputStream(variables);
    name(out, key);
    out.writeShort(CLASS_ANY);
    out.writeInt(0);
    name(out, ALGORITHM);
    time(out, now);
    out.writeInt(0);
    byte[] code = code(message, variables.toByteArray());

    var data = new ByteArrayOutputStream();
    var tsig = new DataOutputStream(data);
    name(tsig, ALGORITHM);
    time(tsig, now);
    tsig.writeShort(code.length);
    tsig.write(code);
    tsig.writeShort(id);
    tsig.writeInt(0);

    var whole = new ByteArrayOutputStream();
    message[ARCOUNT_LOW] = 1;
    whole.write(message);
    record(new DataOutputStream(whole), key, TYPE_TSIG, CLASS_ANY, 0, data.toByteArray());
    return whole.toByteArray();
  }

  private static void time(DataOutputStream out, long now) throws IOException {
    out.writeShort((int) (now >> 32));
    out.writeInt((int) now);
    out.writeShort(FUDGE_SECONDS);
  }

  private byte[] code(byte[] message, byte[] variables) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
      mac.update(message);
      return mac.doFinal(variables);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void record(
      DataOutputStream out, String owner, int type, int dclass, int ttl, byte[] data)
      throws IOException {
    name(out, owner);
    out.writeShort(type);
    out.writeShort(dclass);
    out.writeInt(ttl);
    out.writeShort(data.length);
    out.write(data);
  }

  private static void name(DataOutputStream out, String text) throws IOException {
    for (String label : text.toLowerCase(Locale.ROOT).split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.US_ASCII);
      out.writeByte(octets.length);
      out.write(octets);
    }
    out.writeByte(0);
  }
}
