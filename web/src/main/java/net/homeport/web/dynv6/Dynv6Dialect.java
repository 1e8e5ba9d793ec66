package net.homeport.web.dynv6;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.dialect.AddressReader;
import net.homeport.web.dialect.AddressReader.Family;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.PresentedSecrets;
import net.homeport.web.dialect.Question;
import net.homeport.zone.address.AddressBlock;
import org.eclipse.jetty.http.HttpStatus;

/**
 * {@code /api/update?zone=NAME&token=...&ipv4=&ipv6=&ipv6prefix=}: an address, {@code auto} for the
 * one that the request came from, {@code -} for none; what is not sent stays as it is.
 */
public final class Dynv6Dialect implements Dialect {
  private static final List<String> NAMES = List.of("zone", "hostname", "Hostname");
  private static final String NONE = "-";
  private static final String AUTO = "auto";
  private static final String LAN = "lan";

  /** The subnet that one site has at least (RFC 7381 2.4.1): what is taken around one address. */
  private static final int SUBNET_BITS = 64;

  @Override
  public String name() {
    return "dynv6";
  }

  @Override
  public Question read(DoorRequest request) {
    var reader = new AddressReader(request.source());
    address(reader, request.first("ipv4"), Family.IPV4);
    address(reader, request.first("ipv6"), Family.IPV6);
    String prefix = request.first("ipv6prefix");
    if (prefix.equals(AUTO)) {
      InetAddress source = request.source();
      if (source instanceof Inet6Address) {
        reader.siteNetwork(LAN, AddressBlock.of(source, SUBNET_BITS).toString());
      }
    } else if (!prefix.equals(NONE)) {
      reader.siteNetwork(LAN, prefix);
    }
    AddressWords addresses = reader.words();
    return Question.of(
        PresentedSecrets.of(request),
        request.list(NAMES).stream().map(addresses::wishInShort).toList(),
        addresses);
  }

  private static void address(AddressReader reader, String text, Family family) {
    if (text.equals(NONE)) {
      reader.withdraw(family);
    } else {
      reader.address(text, family);
    }
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ ->
          new DoorReply(HttpStatus.UNAUTHORIZED_401, "invalid authentication token\n");
      case UpdateAnswer.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case UpdateAnswer.Rejected rejected -> no(rejected.reason());
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            case UpdateOutcome.Updated _ -> yes("addresses updated\n");
            case UpdateOutcome.Withheld _ -> yes("addresses updated\n");
            case UpdateOutcome.Unchanged _ -> yes("addresses unchanged\n");
            case UpdateOutcome.Rejected rejected -> no(rejected.reason());
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
                DoorReply.later(DoorReply.retryAfter(perHost.outcomes()));
          };
    };
  }

  private static DoorReply yes(String words) {
    return new DoorReply(HttpStatus.OK_200, words);
  }

  private static DoorReply no(UpdateOutcome.Reason reason) {
    String words =
        switch (reason) {
          case NOT_A_HOST_NAME -> "invalid zone name";
          case NO_SUCH_HOST -> "zone not found";
          case TOO_MANY_HOSTS -> "too many zones";
          case UNUSABLE_ADDRESS -> "invalid address";
          case NOT_ALLOWED -> "not allowed";
          case BLOCKED -> "zone is blocked";
          case NAME_TAKEN -> "zone has other records in the way";
        };
    return new DoorReply(DoorReply.status(reason), words + "\n");
  }
}
