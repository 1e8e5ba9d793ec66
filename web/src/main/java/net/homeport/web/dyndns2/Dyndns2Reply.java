package net.homeport.web.dyndns2;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a device is told: the words of dyndns2, and the HTTP status beside them.
 *
 * @param body one line a host, or one word for the account
 * @param retryAfter what a client whose request was not performed is told to wait
 */
/*
 * The status decides whether fleets survive: inadyn ends its process on 400, 401, 403, 404 and 429,
 * OPNsense takes any 2xx for success, pfSense compares the body. So our own faults and overload are
 * 503 with the word 911, which every client repeats later; a final "no" is a 4xx with its word; and
 * nothing but success is 200. One request for several hosts is 200 as soon as one of them is right:
 * its clients (ddclient) read the lines.
 */
record Dyndns2Reply(int status, String body, Duration retryAfter) {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

  static final Dyndns2Reply BAD_AUTH = new Dyndns2Reply(HttpStatus.UNAUTHORIZED_401, "badauth\n");
  static final Dyndns2Reply TROUBLE = new Dyndns2Reply(HttpStatus.SERVICE_UNAVAILABLE_503, "911\n");

  Dyndns2Reply(int status, String body) {
    this(status, body, RETRY_AFTER);
  }

  /**
   * @param spelling the addresses as the client wrote them
   */
  static Dyndns2Reply of(UpdateAnswer answer, String spelling) {
    return switch (answer) {
      case UpdateAnswer.Unauthorized _ -> BAD_AUTH;
      case UpdateAnswer.Postponed postponed ->
          new Dyndns2Reply(TROUBLE.status, TROUBLE.body, postponed.retryAfter());
      case UpdateAnswer.Rejected rejected -> line(rejected.reason()).asReply();
      case UpdateAnswer.PerHost perHost -> of(perHost.outcomes(), spelling);
    };
  }

  private static Dyndns2Reply of(List<UpdateOutcome> outcomes, String spelling) {
    List<Line> lines = outcomes.stream().map(outcome -> line(outcome, spelling)).toList();
    String body = lines.stream().map(line -> line.words + "\n").collect(Collectors.joining());
    boolean anyRight = lines.stream().anyMatch(line -> line.status == HttpStatus.OK_200);
    Duration retryAfter =
        outcomes.stream()
            .map(outcome ->
                outcome instanceof UpdateOutcome.Postponed postponed
                    ? postponed.retryAfter()
                    : RETRY_AFTER)
            .max(Comparator.naturalOrder())
            .orElse(RETRY_AFTER);
    int status = anyRight ? HttpStatus.OK_200 : lines.getFirst().status;
    return new Dyndns2Reply(status, body, retryAfter);
  }

  private record Line(int status, String words) {
    Dyndns2Reply asReply() {
      return new Dyndns2Reply(status, words + "\n");
    }
  }

  private static Line line(UpdateOutcome outcome, String spelling) {
    return switch (outcome) {
      case UpdateOutcome.Updated _ -> new Line(HttpStatus.OK_200, "good " + spelling);
      case UpdateOutcome.Unchanged _ -> new Line(HttpStatus.OK_200, "nochg " + spelling);
      case UpdateOutcome.Rejected rejected -> line(rejected.reason());
      // It did all it should: nothing that it could do would change more.
      case UpdateOutcome.Withheld _ -> new Line(HttpStatus.OK_200, "good " + spelling);
      case UpdateOutcome.Postponed _, UpdateOutcome.Failed _ ->
          new Line(HttpStatus.SERVICE_UNAVAILABLE_503, "911");
    };
  }

  private static Line line(UpdateOutcome.Reason reason) {
    return switch (reason) {
      case NOT_A_HOST_NAME -> new Line(HttpStatus.BAD_REQUEST_400, "notfqdn");
      case NO_SUCH_HOST -> new Line(HttpStatus.NOT_FOUND_404, "nohost");
      case TOO_MANY_HOSTS -> new Line(HttpStatus.BAD_REQUEST_400, "numhost");
      case UNUSABLE_ADDRESS -> new Line(HttpStatus.BAD_REQUEST_400, "badip");
      case NOT_ALLOWED -> new Line(HttpStatus.FORBIDDEN_403, "!yours");
      case BLOCKED -> new Line(HttpStatus.FORBIDDEN_403, "abuse");
      case NAME_TAKEN -> new Line(HttpStatus.INTERNAL_SERVER_ERROR_500, "dnserr");
    };
  }
}
