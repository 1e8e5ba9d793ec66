package net.homeport.web.duckdns;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.HostAddresses;
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
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.xbill.DNS.Type;

/**
 * {@code /update?domains=a,b&token=...&ip=&ipv6=&verbose=&clear=} and, for devices without
 * parameters, {@code /update/a/TOKEN/ADDRESS}. Names are short of their zone, or full.
 */
public final class DuckDnsDialect implements Dialect {
  private static final int DOMAIN_STEP = 1;
  private static final int TOKEN_STEP = 2;
  private static final int ADDRESS_STEP = 3;

  private final Supplier<ZoneSnapshot> zones;

  /**
   * @param zones where present addresses are read, for the long answer
   */
  public DuckDnsDialect(Supplier<ZoneSnapshot> zones) {
    this.zones = zones;
  }

  @Override
  public String name() {
    return "duckdns";
  }

  /** Whether a request to {@code /update} is in this dialect, and not in dyndns2. */
  public static boolean speaks(DoorRequest request) {
    return request.has("domains") || request.steps().size() > DOMAIN_STEP;
  }

  @Override
  public Question read(DoorRequest request) {
    return request.steps().size() > DOMAIN_STEP ? ofPath(request) : ofParameters(request);
  }

  private static Question ofPath(DoorRequest request) {
    List<String> steps = request.steps();
    var reader = new AddressReader(request.source());
    String token = steps.size() > TOKEN_STEP ? steps.get(TOKEN_STEP) : "";
    if (steps.size() > ADDRESS_STEP) {
      reader.address(steps.get(ADDRESS_STEP), Family.ANY);
    }
    AddressWords addresses = reader.orSource().words();
    return Question.of(
        PresentedSecrets.token(token),
        List.of(addresses.wishInShort(steps.get(DOMAIN_STEP))),
        addresses);
  }

  private static Question ofParameters(DoorRequest request) {
    var reader = new AddressReader(request.source());
    if (request.says("clear")) {
      reader.withdraw(Family.ANY);
    } else {
      reader.address(request.first("ip"), Family.ANY).address(request.first("ipv6"), Family.IPV6);
      // With an IPv6 address alone, the IPv4 one is not guessed.
      reader.orSource();
    }
    AddressWords addresses = reader.words();
    Question question =
        Question.of(
                PresentedSecrets.of(request),
                request.list(List.of("domains")).stream().map(addresses::wishInShort).toList(),
                addresses)
            .inDetail(request.says("verbose"));
    // It would be about a TXT record, and must not be taken to be about addresses.
    return request.has("txt")
        ? question
            .flawed(UpdateOutcome.Reason.NOT_ALLOWED)
            .noted("TXT records are changed by signed DNS updates (RFC 2136), not here")
        : question;
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> no(HttpStatus.UNAUTHORIZED_401);
      case UpdateAnswer.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case UpdateAnswer.Rejected rejected -> no(DoorReply.status(rejected.reason()));
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            case UpdateOutcome.Updated _ -> yes(question, "UPDATED");
            case UpdateOutcome.Withheld _ -> yes(question, "UPDATED");
            case UpdateOutcome.Unchanged _ -> yes(question, "NOCHANGE");
            case UpdateOutcome.Rejected rejected -> no(DoorReply.status(rejected.reason()));
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
                DoorReply.later(DoorReply.retryAfter(perHost.outcomes()));
          };
    };
  }

  private static DoorReply no(int status) {
    return new DoorReply(status, "KO");
  }

  private DoorReply yes(Question question, String what) {
    if (!question.verbose()) {
      // Without a line break, as DuckDNS has it: some compare the whole.
      return new DoorReply(HttpStatus.OK_200, "OK");
    }
    return new DoorReply(
        HttpStatus.OK_200,
        "OK\n%s\n%s\n%s".formatted(present(question, Type.A), present(question, Type.AAAA), what));
  }

  /** The first address of the first host; empty if it has none. */
  private String present(Question question, int type) {
    if (question.hosts().isEmpty()) {
      return "";
    }
    List<InetAddress> addresses = HostAddresses.of(zones.get(), question.hosts().getFirst(), type);
    return addresses.isEmpty() ? "" : AddressText.of(addresses.getFirst());
  }
}
