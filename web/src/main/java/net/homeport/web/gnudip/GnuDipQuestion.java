package net.homeport.web.gnudip;

import java.net.InetAddress;
import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.dialect.AddressReader;
import net.homeport.web.dialect.AddressReader.Family;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.HostNameText;
import net.homeport.web.dialect.Question;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What GnuDIP's numbers mean, over TCP as in HTTP. */
final class GnuDipQuestion {
  /** What a device wants. */
  private static final String SET = "0";

  private static final String OFFLINE = "1";
  private static final String SET_SOURCE = "2";

  private static final String DONE = "0";
  private static final String WRONG = "1";
  private static final String DONE_OFFLINE = "2";

  private GnuDipQuestion() {}

  /**
   * What is asked.
   *
   * @param user the host's name without its domain; or the whole user name of a credential
   * @param domain that of the host; its whole name where the user name is a whole one
   * @param what 0, 1 or 2
   */
  static Question of(
      String user,
      String domain,
      String salt,
      String digest,
      String what,
      String address,
      InetAddress source) {
    var reader = new AddressReader(source);
    switch (what) {
      case SET -> reader.address(address, Family.ANY);
      case OFFLINE -> reader.withdraw(Family.ANY);
      case SET_SOURCE -> reader.orSource();
      default -> {}
    }
    AddressWords words = reader.words();
    var wish = new HostWish(HostNameText.ascii(host(user, domain)), words.ipv4(), words.ipv6());
    boolean isWhole = HostNameText.isFullName(user);
    var presented = new Presented.Challenged(user, isWhole ? "" : domain, salt, digest);
    Question question = Question.of(presented, List.of(wish), words);
    return reader.isSilent() ? question.flawed(UpdateOutcome.Reason.UNUSABLE_ADDRESS) : question;
  }

  private static String host(String user, String domain) {
    if (!HostNameText.isFullName(user)) {
      return domain.isEmpty() ? user : user + "." + domain;
    }
    return domain.isEmpty() || user.endsWith("." + domain) ? user : domain;
  }

  /** The number that answers; null when it is our fault, for which GnuDIP has none. */
  static @Nullable String number(UpdateAnswer answer, Question question) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> WRONG;
      case UpdateAnswer.Rejected _ -> WRONG;
      case UpdateAnswer.Postponed _ -> null;
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _, UpdateOutcome.Withheld _ ->
                isOffline(question) ? DONE_OFFLINE : DONE;
            case UpdateOutcome.Rejected _ -> WRONG;
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ -> null;
          };
    };
  }

  /** The HTTP status that means the same, for those who look for faults. */
  static int status(UpdateAnswer answer) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> HttpStatus.UNAUTHORIZED_401;
      case UpdateAnswer.Rejected rejected -> DoorReply.status(rejected.reason());
      case UpdateAnswer.Postponed _ -> DoorReply.TROUBLE.status();
      case UpdateAnswer.PerHost perHost ->
          switch (DoorReply.worst(perHost)) {
            case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _, UpdateOutcome.Withheld _ ->
                HttpStatus.OK_200;
            case UpdateOutcome.Rejected rejected -> DoorReply.status(rejected.reason());
            case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ -> DoorReply.TROUBLE.status();
          };
    };
  }

  private static boolean isOffline(Question question) {
    return question.wishes().stream().allMatch(wish -> wish.ipv4() instanceof AddressWish.Withdraw);
  }

  /** Whether the answer tells the address: the device does not know it. */
  static boolean tellsAddress(String what, String number) {
    return what.equals(SET_SOURCE) && number.equals(DONE);
  }
}
