package net.homeport.web.freedns;

import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.host.Host;
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
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code /dynamic/update.php?TOKEN&address=} and {@code /u/TOKEN/?ip=}: the token says which host
 * it is about.
 */
public final class FreeDnsDialect implements Dialect {
  /** Where it is spoken, as the list of update URLs has it. */
  public static final String PATH = "/dynamic/update.php";

  private static final String UPDATE_URL = "dynamic";
  private final boolean takesLogins;

  /** With tokens only. */
  public FreeDnsDialect() {
    this(false);
  }

  /**
   * @param takesLogins whether the update URLs of {@link FreeDnsListing} are taken besides
   */
  public FreeDnsDialect(boolean takesLogins) {
    this.takesLogins = takesLogins;
  }

  @Override
  public String name() {
    return "freedns";
  }

  @Override
  public Question read(DoorRequest request) {
    var reader = new AddressReader(request.source());
    for (String parameter : List.of("address", "ip", "myip")) {
      reader.addresses(request.list(List.of(parameter)), Family.ANY);
    }
    AddressWords addresses = reader.orSource().words();
    String token = token(request);
    var login =
        takesLogins && token != null && !request.isSigned() ? FreeDnsLogin.parse(token) : null;
    if (login != null) {
      return Question.of(login.presented(), List.of(addresses.wish(login.host())), addresses);
    }
    return Question.of(presented(request), List.of(addresses.wishInShort("")), addresses);
  }

  private static @Nullable Presented presented(DoorRequest request) {
    List<String> steps = request.steps();
    if (!steps.isEmpty() && !steps.getFirst().equals(UPDATE_URL)) {
      return PresentedSecrets.inUrl(request, steps.size() > 1 ? steps.get(1) : "");
    }
    String token = token(request);
    return token == null ? PresentedSecrets.of(request) : PresentedSecrets.inUrl(request, token);
  }

  /** A parameter without a value, and the first one; null if there is none. */
  private static @Nullable String token(DoorRequest request) {
    for (Fields.Field field : request.parameters()) {
      if (!field.getName().isEmpty() && String.join("", field.getValues()).isEmpty()) {
        return field.getName();
      }
    }
    return null;
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> error(HttpStatus.UNAUTHORIZED_401, "Invalid update URL");
      case UpdateAnswer.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case UpdateAnswer.Rejected rejected -> no(rejected.reason());
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            case UpdateOutcome.Updated _ -> updated(question);
            case UpdateOutcome.Withheld _ -> updated(question);
            case UpdateOutcome.Unchanged _ ->
                yes(
                    "No IP change detected for %s with IP %s, skipping update: it has not changed\n"
                        .formatted(hosts(question), question.spelling()));
            case UpdateOutcome.Rejected rejected -> no(rejected.reason());
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
                DoorReply.later(DoorReply.retryAfter(perHost.outcomes()));
          };
    };
  }

  private static DoorReply updated(Question question) {
    return yes("Updated %s to %s\n".formatted(hosts(question), question.spelling()));
  }

  private static String hosts(Question question) {
    return question.hosts().stream()
        .map(Host::name)
        .map(name -> name.toString(true))
        .collect(Collectors.joining(", "));
  }

  private static DoorReply yes(String words) {
    return new DoorReply(HttpStatus.OK_200, words);
  }

  private static DoorReply no(UpdateOutcome.Reason reason) {
    String words =
        switch (reason) {
          case NOT_A_HOST_NAME, NO_SUCH_HOST -> "This update URL has no host";
          case TOO_MANY_HOSTS -> "Too many hosts";
          case UNUSABLE_ADDRESS -> "Invalid IP address";
          case NOT_ALLOWED -> "Not allowed";
          case BLOCKED -> "This host is blocked";
          case NAME_TAKEN -> "Other records are in the way";
        };
    return error(DoorReply.status(reason), words);
  }

  private static DoorReply error(int status, String words) {
    return new DoorReply(status, "ERROR: " + words + "\n");
  }
}
