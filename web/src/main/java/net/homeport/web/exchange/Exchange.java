package net.homeport.web.exchange;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a device, and what it was told.
 *
 * @param at when
 * @param source the client's address
 * @param frontDoor the dialect it spoke
 * @param tlsVersion the version of TLS; null in clear
 * @param proven whether it proved who it is
 * @param request its first line, with secrets masked, and the form it posted
 * @param userAgent what it calls itself, as sent
 * @param status HTTP status of the answer; of a protocol that has none, the one that means the same
 * @param answer its text
 * @param notes what was odd about the request
 */
public record Exchange(
    Instant at,
    InetAddress source,
    String frontDoor,
    @Nullable String tlsVersion,
    boolean proven,
    String request,
    String userAgent,
    int status,
    String answer,
    List<String> notes) {
  /** What GnuDIP over HTTP says no with, by a status of 200. */
  private static final String GNUDIP_NO = "name=\"retc\" content=\"1\"";

  public Exchange {
    notes = List.copyOf(notes);
  }

  /** What program that was. */
  public DeviceClient client() {
    return DeviceClient.of(userAgent);
  }

  /** What that program makes of the answer. */
  public String understood() {
    return frontDoor.equals("gnudip") && answer.contains(GNUDIP_NO)
        ? "failure: it reads the number 1, which is a no"
        : client().understands(status, answer);
  }
}
