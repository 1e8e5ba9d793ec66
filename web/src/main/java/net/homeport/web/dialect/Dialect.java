package net.homeport.web.dialect;

import java.util.List;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.UpdateAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A language in which devices ask for changes: to a {@link Question}, and from its answer. Thread
 * safe; holds no state.
 */
public interface Dialect {
  /** Its name, kept with each change as the front door: {@code dyndns2}, {@code duckdns}. */
  String name();

  /** What the device asks. */
  Question read(DoorRequest request);

  /** The media type of its answers. */
  default String contentType() {
    return "text/plain";
  }

  /** Whether all hosts of a request change or none. */
  default boolean isTogether() {
    return false;
  }

  /** What a request is told that is about something else than addresses; null for all others. */
  default @Nullable Aside aside(DoorRequest request, RequestOrigin origin) {
    return null;
  }

  /**
   * An answer about something else than addresses.
   *
   * @param hosts those that it was about
   */
  record Aside(DoorReply reply, List<Host> hosts) {
    public Aside {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * What the device is told.
   *
   * @param question what {@link #read} made of the request, with what was found out since
   */
  DoorReply reply(UpdateAnswer answer, Question question);
}
