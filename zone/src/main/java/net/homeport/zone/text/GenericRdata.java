package net.homeport.zone.text;

import net.homeport.zone.Rrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** RDATA in the form of unknown types (RFC 3597 5), which may stand for any type. */
final class GenericRdata {
  private GenericRdata() {}

  /** Reads {@code \#}, which is this word, the length, and the octets in hexadecimal. */
  static byte[] read(EntryScanner entry, int word, int type) throws EntryException {
    int length =
        (int) Numbers.number(entry, word + 1, "the length behind '\\#'", RdataReader.OCTETS_MAX);
    byte[] octets = new byte[length];
    int digits = 0;
    byte[] text = entry.text();
    for (int at = word + 2; at < entry.count(); at++) {
      for (int i = entry.start(at); i < entry.end(at); i++) {
        int digit = Addresses.hex(text[i]);
        if (digit < 0) {
          throw entry.error(at, "'%s' is not hexadecimal (RFC 3597 5)".formatted(entry.word(at)));
        }
        if (digits < length * 2) {
          octets[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
        }
        digits++;
      }
    }
    if (digits != length * 2) {
      throw entry.error(
          word + 1,
          "the length behind '\\#' is %d, but %s octets follow (RFC 3597 5)"
              .formatted(length, digits % 2 == 0 ? digits / 2 : digits / 2 + ".5"));
    }
    return checked(entry, word, type, octets);
  }

  /** The octets as a record of the type has them: no compressed names, nothing left over. */
  static byte[] checked(EntryScanner entry, int word, int type, byte[] octets)
      throws EntryException {
    byte[] rdata = readable(type, octets);
    if (rdata == null) {
      throw entry.error(
          word, "these octets are not what a record %s holds".formatted(Type.string(type)));
    }
    return rdata;
  }

  /**
   * The RDATA as the library writes it; null if it cannot be read, or not be written in canonical
   * form, which answers need: there is RDATA such as WKS without services that it only reads.
   */
  static byte @Nullable [] readable(int type, byte[] octets) {
    try {
      Record record = Record.newRecord(Name.root, type, DClass.IN, 0, octets);
      byte[] rdata = Rrset.rdata(record);
      Record again = Record.newRecord(Name.root, type, DClass.IN, 0, record.rdataToWireCanonical());
      return again != null && rdata.length <= RdataReader.OCTETS_MAX ? rdata : null;
    } catch (RuntimeException _) {
      return null;
    }
  }
}
