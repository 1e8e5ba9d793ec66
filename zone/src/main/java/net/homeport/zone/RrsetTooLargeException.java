package net.homeport.zone;

import java.io.Serial;
import org.xbill.DNS.Type;

/** An RRset that no DNS message could carry. */
public final class RrsetTooLargeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  RrsetTooLargeException(int type, int octets) {
    super(
        "the %s records of one name take %d octets, but a DNS message carries at most %d; use fewer or shorter records"
            .formatted(Type.string(type), octets, Rrset.BODY_OCTETS_MAX));
  }
}
