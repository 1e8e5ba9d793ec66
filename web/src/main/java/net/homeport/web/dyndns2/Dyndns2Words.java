package net.homeport.web.dyndns2;

import java.util.List;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.dialect.DoorReply;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The words of dyndns2, and the HTTP status beside them. One request for several hosts is 200 as
 * soon as one of them is right: its clients (ddclient) read the lines.
 */
final class Dyndns2Words {
  static final DoorReply BAD_AUTH = new DoorReply(HttpStatus.UNAUTHORIZED_401, "badauth\n");

  private Dyndns2Words() {}

  /**
   * One line a host, or one word for the whole request.
   *
   * @param changed what is said of a host that changed
   * @param unchanged what is said of a host that was like that
   */
  static DoorReply of(UpdateAnswer answer, String changed, String unchanged) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> BAD_AUTH;
      case UpdateAnswer.Postponed postponed -> DoorReply.later(postponed.retryAfter());
      case UpdateAnswer.Rejected rejected ->
          new DoorReply(DoorReply.status(rejected.reason()), word(rejected.reason()) + "\n");
      case UpdateAnswer.PerHost perHost -> of(perHost.outcomes(), changed, unchanged);
    };
  }

  private static DoorReply of(List<UpdateOutcome> outcomes, String changed, String unchanged) {
    var body = new StringBuilder();
    // That of the first line, unless a later one is right; and whatever is right, one that shall be
    // tried again makes all be sent again, which is harmless, for many read the status alone.
    int status = 0;
    for (UpdateOutcome outcome : outcomes) {
      Line line = line(outcome, changed, unchanged);
      body.append(line.words).append('\n');
      boolean isLater = status == DoorReply.TROUBLE.status();
      if (status == 0
          || line.status == DoorReply.TROUBLE.status()
          || (line.status == HttpStatus.OK_200 && !isLater)) {
        status = line.status;
      }
    }
    return new DoorReply(status, body.toString(), DoorReply.retryAfter(outcomes));
  }

  private record Line(int status, String words) {}

  private static Line line(UpdateOutcome outcome, String changed, String unchanged) {
    return switch (outcome) {
      case UpdateOutcome.Updated _ -> new Line(HttpStatus.OK_200, changed);
      case UpdateOutcome.Unchanged _ -> new Line(HttpStatus.OK_200, unchanged);
      case UpdateOutcome.Rejected rejected ->
          new Line(DoorReply.status(rejected.reason()), word(rejected.reason()));
      // It did all it should: nothing that it could do would change more.
      case UpdateOutcome.Withheld _ -> new Line(HttpStatus.OK_200, changed);
      case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
          new Line(DoorReply.TROUBLE.status(), DoorReply.TROUBLE.body().strip());
    };
  }

  private static String word(UpdateOutcome.Reason reason) {
    return switch (reason) {
      case NOT_A_HOST_NAME -> "notfqdn";
      case NO_SUCH_HOST -> "nohost";
      case TOO_MANY_HOSTS -> "numhost";
      case UNUSABLE_ADDRESS -> "badip";
      case NOT_ALLOWED -> "!yours";
      case BLOCKED -> "abuse";
      case NAME_TAKEN -> "dnserr";
    };
  }
}
