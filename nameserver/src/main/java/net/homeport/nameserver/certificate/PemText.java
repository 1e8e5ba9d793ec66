package net.homeport.nameserver.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468).
 *
 * @param label what its first line says it is, such as {@code CERTIFICATE}
 * @param encrypted whether it is protected by a pass phrase in the old way (RFC 1421)
 * @param octets what it holds; nothing if it is encrypted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemText(String label, boolean encrypted, byte[] octets) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([^\\n-]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** All blocks of a file's text. */
  static List<PemText> blocks(Path file, String text) throws CertificateFileException {
    var blocks = new ArrayList<PemText>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String label = matcher.group(1);
      String content = matcher.group(2);
      if (content.contains("ENCRYPTED")) {
        blocks.add(new PemText(label, true, new byte[0]));
        continue;
      }
      try {
        blocks.add(new PemText(label, false, Base64.getMimeDecoder().decode(content)));
      } catch (IllegalArgumentException e) {
        throw new CertificateFileException(
            "%s: the block %d (%s) is damaged: %s"
                .formatted(file, blocks.size() + 1, label, e.getMessage()),
            e);
      }
    }
    return blocks;
  }

  static PemText certificate(byte[] octets) {
    return new PemText("CERTIFICATE", false, octets);
  }

  static PemText privateKey(byte[] octets) {
    return new PemText("PRIVATE KEY", false, octets);
  }

  /** As lines of a file. */
  String text() {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets), label);
  }
}
