package net.homeport.nameserver.query;

import java.net.Inet4Address;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Questions about the server and the asker, rather than about what a zone holds. */
final class ServerFacts {
  /** The label of the name that tells an asker its address. */
  static final String WHOAMI = "whoami";

  private final NameServerSettings settings;

  ServerFacts(NameServerSettings settings) {
    this.settings = settings;
  }

  /** Answers a question of class CHAOS (RFC 4892): who serves, and by what; refused if not told. */
  Verdict chaos(Record question, Message response) {
    Optional<String> text =
        switch (question.getName().toString().toLowerCase(Locale.ROOT)) {
          case "version.bind.", "version.server." -> settings.version();
          case "id.server.", "hostname.bind." -> settings.identity();
          default -> Optional.empty();
        };
    boolean isText = question.getType() == Type.TXT || question.getType() == Type.ANY;
    if (text.isEmpty() || !isText) {
      return new Verdict(
          Rcode.REFUSED,
          text.isEmpty()
              ? ExtendedErrorCodeOption.PROHIBITED
              : ExtendedErrorCodeOption.NOT_SUPPORTED);
    }
    response.getHeader().setFlag(Flags.AA);
    response.addRecord(
        new TXTRecord(question.getName(), DClass.CHAOS, 0, text.get()), Section.ANSWER);
    return Verdict.of(Rcode.NOERROR);
  }

  /** The zone in which this name tells an asker its address; null if the name does not do that. */
  @Nullable Zone whoamiZone(Name name, ZoneSnapshot zones) {
    if (!settings.whoami() || !WHOAMI.equalsIgnoreCase(name.getLabelString(0))) {
      return null;
    }
    Zone zone = zones.zoneOf(name);
    boolean isWhoami =
        zone != null
            && !zone.isExpired()
            && name.labels() == zone.apex().labels() + 1
            && !zone.exists(name);
    return isWhoami ? zone : null;
  }

  /** Answers with the asker's address. Nothing of it is to be cached: the TTLs are 0. */
  Verdict whoami(Record question, Asker asker, Zone zone, Message response) {
    response.getHeader().setFlag(Flags.AA);
    Name name = question.getName();
    int addressType = asker.address() instanceof Inet4Address ? Type.A : Type.AAAA;
    int type = question.getType() == Type.ANY ? addressType : question.getType();
    if (type == addressType) {
      Record address =
          type == Type.A
              ? new ARecord(name, DClass.IN, 0, asker.address())
              : new AAAARecord(name, DClass.IN, 0, asker.address());
      response.addRecord(address, Section.ANSWER);
    } else if (type == Type.TXT) {
      String text = AddressText.of(asker.address());
      response.addRecord(new TXTRecord(name, DClass.IN, 0, text), Section.ANSWER);
    } else {
      SOARecord soa = zone.soa();
      Rrset uncached = Rrset.of(List.of(soa), 0, zone.soaRrset().management());
      uncached
          .records(zone.apex())
          .forEach(record -> response.addRecord(record, Section.AUTHORITY));
    }
    return Verdict.of(Rcode.NOERROR);
  }
}
