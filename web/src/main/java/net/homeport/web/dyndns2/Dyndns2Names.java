package net.homeport.web.dyndns2;

import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.update.HostWish;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.HostNameText;
import net.homeport.web.dialect.PresentedSecrets;
import org.jspecify.annotations.Nullable;

/** Which hosts a request of this dialect is about, and who says so. */
final class Dyndns2Names {
  private static final List<String> PARAMETERS =
      List.of("hostname", "host_id", "domain", "host", "group");

  private Dyndns2Names() {}

  /** Whether a parameter for names of hosts was sent, even if it is empty. */
  static boolean areIn(DoorRequest request) {
    return PARAMETERS.stream().anyMatch(request::has);
  }

  /** The token of {@code /u/TOKEN} or what else the request proves itself with. */
  static @Nullable Presented presented(DoorRequest request) {
    List<String> steps = request.steps();
    return steps.size() > 1 && steps.getFirst().equals("u")
        ? PresentedSecrets.inUrl(request, steps.get(1))
        : PresentedSecrets.of(request);
  }

  /**
   * What is wanted of each host: those of the parameters, else the one at the end of the path, else
   * the one that is the user name (nsupdate.info, deSEC), else the one that a token says by itself.
   */
  static List<HostWish> wishes(
      DoorRequest request, @Nullable Presented presented, AddressWords addresses) {
    var wishes = new ArrayList<HostWish>();
    for (String name : request.list(PARAMETERS)) {
      // deSEC: YES is what some clients have for "the host that I log in as".
      if (!name.equals("YES") && !HostNameText.isPlaceholder(name)) {
        wishes.add(addresses.wish(name));
      }
    }
    String inPath = request.behindUpdate();
    if (wishes.isEmpty() && !inPath.isEmpty() && !HostNameText.isPlaceholder(inPath)) {
      wishes.add(addresses.wish(inPath));
    }
    if (!wishes.isEmpty()) {
      return wishes;
    }
    String username = PresentedSecrets.username(request);
    if (HostNameText.isFullName(username)) {
      return List.of(addresses.wish(username));
    }
    return presented instanceof Presented.Token ? List.of(addresses.wishInShort("")) : List.of();
  }
}
