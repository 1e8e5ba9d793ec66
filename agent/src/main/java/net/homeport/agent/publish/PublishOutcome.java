package net.homeport.agent.publish;

import java.time.Duration;

/** What one update request meant for one host name. */
public sealed interface PublishOutcome {
  /**
   * The server has the address, durably by its own word.
   *
   * @param changed false when it had that address before ({@code nochg})
   */
  record Accepted(boolean changed) implements PublishOutcome {}

  /**
   * Not now; the same request may succeed later.
   *
   * @param cause the kind of failure
   * @param after the least time the server asked to wait, at most one hour; zero if it named none
   * @param detail for people; never holds a secret
   */
  record Retry(Cause cause, Duration after, String detail) implements PublishOutcome {
    /** Why a later try may succeed. */
    public enum Cause {
      /** {@code 911}, or HTTP 5xx, 408 or 429. */
      SERVER_TROUBLE,
      /** {@code dnserr}: the server could not reach its DNS. */
      DNS_TROUBLE,
      /** No answer: name not found, no route, refused, timed out. */
      NETWORK,
      /** An answer in no known words, as a login page of a hotel gives. */
      UNINTELLIGIBLE,
      /** The password could not be read on this machine. */
      NO_PASSWORD
    }
  }

  /**
   * Refused. Repeating the request would be the same again, and servers block those who do; it
   * waits until the address or the configuration changes, or for hours.
   *
   * @param detail what the server said; never holds a secret
   */
  record Stop(Reason reason, String detail) implements PublishOutcome {
    /** Why, with what to do about it. */
    public enum Reason {
      /** {@code badauth}, or HTTP 401. */
      BAD_CREDENTIALS("check the user name and the password"),
      /** {@code nohost}. */
      NO_SUCH_HOST("create the host on the server, or correct its name"),
      /** {@code !yours}. */
      NOT_YOURS("the host belongs to another account"),
      /** {@code notfqdn}. */
      NOT_A_NAME("write the host name in full, such as home.example.org"),
      /** {@code numhost}. */
      TOO_MANY_HOSTS("configure fewer hosts"),
      /** {@code abuse}, or HTTP 403 without a word. */
      BLOCKED("the server blocked the host; ask its operator"),
      /** {@code badagent}. */
      BAD_AGENT("the server does not take updates from this program"),
      /** {@code !donator}. */
      NOT_PAID_FOR("the account does not include what was asked for"),
      /** {@code !active}. */
      NOT_ACTIVE("activate the host on the server"),
      /** {@code good 127.0.0.1} although another address was sent: the server ignored it. */
      IGNORED("the server takes no updates from this client; ask its operator"),
      /** Accepted, but with another address than was sent. */
      OTHER_ADDRESS("something between this machine and the server changes the request"),
      /** HTTP 3xx. */
      REDIRECTED("configure the address the server redirects to"),
      /** Any other HTTP 4xx, or {@code badsys}. */
      BAD_REQUEST("check the server's address, it may not speak dyndns2 there");

      private final String advice;

      Reason(String advice) {
        this.advice = advice;
      }

      /** What the customer can do, as the end of a sentence. */
      public String advice() {
        return advice;
      }
    }
  }
}
