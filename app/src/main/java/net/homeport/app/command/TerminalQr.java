package net.homeport.app.command;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code of half blocks, two of its rows to a line. Light on dark, as most terminals are; phones
 * read the reverse of it as well.
 */
final class TerminalQr {
  /** Light modules around the code: two fewer than the norm's four are read by all phones. */
  private static final int QUIET = 2;

  private TerminalQr() {}

  /** The lines of the code for this text, each ended. */
  static String of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    var lines = new StringBuilder();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        lines.append(half(isLight(code, x, y), isLight(code, x, y + 1)));
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  private static boolean isLight(QrCode code, int x, int y) {
    // Outside of the code all is light, and below the last line nothing is drawn.
    return y < code.size + QUIET && !code.getModule(x, y);
  }

  private static char half(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
