package net.homeport.web.dialect;

import java.time.Duration;
import java.util.List;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a device is told.
 *
 * @param status HTTP status
 * @param body text, ASCII, with a line break at the end of each line
 * @param retryAfter what a client whose request was not performed is told to wait
 */
/*
 * The status decides whether fleets survive: inadyn ends its process on 400, 401, 403, 404 and 429,
 * OPNsense takes any 2xx for success, pfSense compares the body. So our own faults and overload are
 * 503 with the word 911, which every client repeats later; a final "no" is a 4xx with its word; and
 * nothing but success is 200, also in dialects whose first servers said KO with 200.
 */
public record DoorReply(int status, String body, Duration retryAfter) {
  /** What is waited for when nobody knows better. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(60);

  /** Our fault or our overload: try again later. The same in every dialect. */
  public static final DoorReply TROUBLE =
      new DoorReply(HttpStatus.SERVICE_UNAVAILABLE_503, "911\n");

  /** One that is not about time. */
  public DoorReply(int status, String body) {
    this(status, body, RETRY_AFTER);
  }

  /** As {@link #TROUBLE}, at a time that is known. */
  public static DoorReply later(Duration retryAfter) {
    return new DoorReply(TROUBLE.status, TROUBLE.body, retryAfter);
  }

  /** The longest that one of these hosts has to wait. */
  public static Duration retryAfter(List<UpdateOutcome> outcomes) {
    Duration longest = RETRY_AFTER;
    for (UpdateOutcome outcome : outcomes) {
      if (outcome instanceof UpdateOutcome.Postponed postponed
          && postponed.retryAfter().compareTo(longest) > 0) {
        longest = postponed.retryAfter();
      }
    }
    return longest;
  }

  /**
   * The one outcome of all hosts, for dialects with one word an answer: what failed, else what was
   * refused, else what changed; a device must not take a half for the whole.
   */
  public static UpdateOutcome worst(UpdateAnswer.PerHost answer) {
    return UpdateOutcome.worst(answer.outcomes());
  }

  /** The status of a final "no". */
  public static int status(UpdateOutcome.Reason reason) {
    return switch (reason) {
      case NOT_A_HOST_NAME, TOO_MANY_HOSTS, UNUSABLE_ADDRESS -> HttpStatus.BAD_REQUEST_400;
      case NO_SUCH_HOST -> HttpStatus.NOT_FOUND_404;
      case NOT_ALLOWED, BLOCKED -> HttpStatus.FORBIDDEN_403;
      case NAME_TAKEN -> HttpStatus.INTERNAL_SERVER_ERROR_500;
    };
  }
}
