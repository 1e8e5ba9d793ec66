package net.homeport.web.duckdns;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.challenge.ChallengeOutcome;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.HostAddresses;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.dialect.AddressReader;
import net.homeport.web.dialect.AddressReader.Family;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.HostNameText;
import net.homeport.web.dialect.PresentedSecrets;
import net.homeport.web.dialect.Question;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * {@code /update?domains=a,b&token=...&ip=&ipv6=&verbose=&clear=&txt=} and, for devices without
 * parameters, {@code /update/a/TOKEN/ADDRESS}. Names are short of their zone, or full.
 */
public final class DuckDnsDialect implements Dialect {
  private static final int DOMAIN_STEP = 1;
  private static final int TOKEN_STEP = 2;
  private static final int ADDRESS_STEP = 3;

  private final Supplier<ZoneSnapshot> zones;
  private final ChallengeRequests challenges;

  /**
   * @param zones where present addresses are read, for the long answer
   * @param challenges publishes what is sent as {@code txt}
   */
  public DuckDnsDialect(Supplier<ZoneSnapshot> zones, ChallengeRequests challenges) {
    this.zones = zones;
    this.challenges = challenges;
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
        PresentedSecrets.inUrl(request, token),
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
    return Question.of(
            PresentedSecrets.of(request),
            request.list(List.of("domains")).stream().map(addresses::wishInShort).toList(),
            addresses)
        .inDetail(request.says("verbose"));
  }

  /**
   * With {@code txt}, it is about an answer to a challenge of each host, and not about addresses.
   */
  @Override
  public @Nullable Aside aside(DoorRequest request, RequestOrigin origin) {
    if (!request.has("txt") || !request.has("domains")) {
      return null;
    }
    Presented presented = PresentedSecrets.of(request);
    List<String> names =
        request.list(List.of("domains")).stream().map(HostNameText::ascii).toList();
    if (presented == null) {
      return new Aside(no(HttpStatus.UNAUTHORIZED_401), List.of());
    }
    if (names.isEmpty() || names.size() > UpdateRequest.HOSTS_MAX) {
      return new Aside(no(HttpStatus.BAD_REQUEST_400), List.of());
    }
    String text = request.first("txt");
    boolean clear = request.says("clear");
    return switch (challenges.answer(
        presented, origin, names, true, text.isEmpty() ? null : text, clear)) {
      case ChallengeRequests.Result.Unauthorized _ ->
          new Aside(no(HttpStatus.UNAUTHORIZED_401), List.of());
      case ChallengeRequests.Result.Postponed postponed ->
          new Aside(DoorReply.later(postponed.retryAfter()), List.of());
      case ChallengeRequests.Result.Done done ->
          new Aside(
              switch (done.outcome()) {
                case ChallengeOutcome.Published _ ->
                    published(request, clear ? "" : text, done.changed());
                case ChallengeOutcome.Forbidden _ -> no(HttpStatus.NOT_FOUND_404);
                case ChallengeOutcome.Refused _ -> no(HttpStatus.BAD_REQUEST_400);
                case ChallengeOutcome.Postponed postponed ->
                    DoorReply.later(postponed.retryAfter());
                case ChallengeOutcome.Failed _ -> DoorReply.TROUBLE;
              },
              done.hosts());
    };
  }

  private static DoorReply published(DoorRequest request, String text, boolean changed) {
    return new DoorReply(
        HttpStatus.OK_200,
        request.says("verbose")
            ? "OK\n%s\n%s".formatted(text, changed ? "UPDATED" : "NOCHANGE")
            : "OK");
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
