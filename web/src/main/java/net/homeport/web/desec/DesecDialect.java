package net.homeport.web.desec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateOutcome.Reason;
import net.homeport.web.desec.DesecAddresses.Family;
import net.homeport.web.desec.DesecAddresses.Said;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.HostNameText;
import net.homeport.web.dialect.PresentedSecrets;
import net.homeport.web.dialect.Question;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code /desec/} and any path below, or dyndns2's paths at a name that begins with {@code desec.}:
 * lists of addresses, networks, {@code preserve}, and parameters for single hosts ({@code
 * myipv6:NAME=}). A family of which nothing is said loses its addresses.
 */
public final class DesecDialect implements Dialect {
  private static final String HOST_LABEL = "desec.";

  @Override
  public String name() {
    return "desec";
  }

  /**
   * Whether a request to dyndns2's paths is in this dialect: by the name it is sent to. A signature
   * does not cover that name: who could change it on the way could have deleted what is not sent.
   * So a signed request is in this dialect by its path alone.
   */
  public static boolean speaks(DoorRequest request) {
    return !request.isSigned() && request.host().startsWith(HOST_LABEL);
  }

  /** deSEC writes all of a request or nothing. */
  @Override
  public boolean isTogether() {
    return true;
  }

  @Override
  public Question read(DoorRequest request) {
    Map<Family, Said> said = new LinkedHashMap<>();
    boolean flawed = false;
    for (Family family : Family.values()) {
      Said ofAll = DesecAddresses.of(request, family);
      said.put(family, ofAll);
      flawed |= ofAll.wish() == null;
    }
    Map<String, Map<Family, AddressWish>> ofHosts = new LinkedHashMap<>();
    for (Fields.Field field : request.parameters()) {
      for (Family family : Family.values()) {
        String prefix = family.ofHost + ":";
        if (field.getName().toLowerCase(Locale.ROOT).startsWith(prefix)) {
          Said one = DesecAddresses.of(String.join(",", field.getValues()), family);
          AddressWish wish = one == null ? null : one.wish();
          flawed |= wish == null;
          for (String name : DoorRequest.items(field.getName().substring(prefix.length()))) {
            ofHosts
                .computeIfAbsent(key(name), _ -> new LinkedHashMap<>())
                .put(family, wish == null ? AddressWish.KEEP : wish);
          }
        }
      }
    }
    String spelling = spelling(said);
    Question question =
        new Question(
            presented(request),
            wishes(request, said, ofHosts),
            null,
            spelling,
            false,
            List.of(),
            List.of());
    return flawed ? question.flawed(Reason.UNUSABLE_ADDRESS) : question;
  }

  private static String spelling(Map<Family, Said> said) {
    return said.values().stream()
        .map(Said::spelling)
        .filter(text -> !text.isEmpty())
        .reduce((one, other) -> one + "," + other)
        .orElse("");
  }

  /** The password is a token; the user name beside it says which host is meant. */
  private static @Nullable Presented presented(DoorRequest request) {
    return switch (PresentedSecrets.of(request)) {
      case null -> null;
      case Presented.Token token -> token;
      case Presented.Password password -> PresentedSecrets.token(password.secret());
      case Presented.Signed signed -> signed;
      case Presented.Challenged challenged -> challenged;
      case Presented.Hashed hashed -> hashed;
    };
  }

  private static List<HostWish> wishes(
      DoorRequest request, Map<Family, Said> said, Map<String, Map<Family, AddressWish>> ofHosts) {
    var names = new LinkedHashMap<String, Boolean>();
    for (String name : names(request)) {
      names.put(key(name), name.isEmpty());
    }
    ofHosts.keySet().forEach(name -> names.putIfAbsent(name, false));
    var wishes = new ArrayList<HostWish>();
    names.forEach((name, isShort) -> {
      Map<Family, AddressWish> own = ofHosts.getOrDefault(name, Map.of());
      AddressWish ipv4 = own.getOrDefault(Family.IPV4, wish(said, Family.IPV4));
      AddressWish ipv6 = own.getOrDefault(Family.IPV6, wish(said, Family.IPV6));
      var wish = new HostWish(name, ipv4, ipv6);
      wishes.add(isShort ? wish.named(name) : wish);
    });
    return wishes;
  }

  private static AddressWish wish(Map<Family, Said> said, Family family) {
    Said one = said.get(family);
    AddressWish wish = one == null ? null : one.wish();
    return wish == null ? AddressWish.KEEP : wish;
  }

  private static String key(String name) {
    String ascii = HostNameText.ascii(name).toLowerCase(Locale.ROOT);
    return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
  }

  /**
   * Those of the parameters, else of the path, else the user name, else the one that the token says
   * by itself.
   */
  private static List<String> names(DoorRequest request) {
    for (String parameter : List.of("hostname", "host_id")) {
      String names = request.first(parameter);
      if (!names.isEmpty() && !names.equals("YES") && !HostNameText.isPlaceholder(names)) {
        return DoorRequest.items(names);
      }
    }
    String inPath = request.behindUpdate();
    if (!inPath.isEmpty() && !HostNameText.isPlaceholder(inPath)) {
      return List.of(inPath);
    }
    String username = PresentedSecrets.username(request);
    return List.of(HostNameText.isFullName(username) ? username : "");
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> new DoorReply(HttpStatus.UNAUTHORIZED_401, "badauth\n");
      case UpdateAnswer.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case UpdateAnswer.Rejected rejected -> no(rejected.reason());
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            // Never nochg, and no address: so deSEC has it, and its clients look for just this.
            case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _, UpdateOutcome.Withheld _ ->
                new DoorReply(HttpStatus.OK_200, "good");
            case UpdateOutcome.Rejected rejected -> no(rejected.reason());
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
                DoorReply.later(DoorReply.retryAfter(perHost.outcomes()));
          };
    };
  }

  private static DoorReply no(Reason reason) {
    String word =
        switch (reason) {
          case NOT_A_HOST_NAME -> "notfqdn";
          case NO_SUCH_HOST -> "nohost";
          case TOO_MANY_HOSTS -> "numhost";
          case UNUSABLE_ADDRESS -> "badip";
          case NOT_ALLOWED -> "!yours";
          case BLOCKED -> "abuse";
          case NAME_TAKEN -> "dnserr";
        };
    return new DoorReply(DoorReply.status(reason), word + "\n");
  }
}
