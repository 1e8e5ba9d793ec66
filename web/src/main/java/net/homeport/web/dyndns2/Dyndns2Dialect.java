package net.homeport.web.dyndns2;

import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.web.dialect.AddressReader;
import net.homeport.web.dialect.AddressReader.Family;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;

/**
 * {@code /nic/update} and its kin. {@code wildcard}, {@code mx}, {@code system} and other historic
 * parameters are ignored; an empty value is as good as none. {@code uplink} says of which of its
 * site's connections the device speaks, and {@code prefix-NAME} which network of that name its site
 * has.
 */
public final class Dyndns2Dialect implements Dialect {
  /** Most networks in one request by {@code prefix-NAME}; more are refused as a whole. */
  static final int NETWORKS_MAX = 16;

  private static final List<String> ADDRESSES = List.of("myip", "ip");
  private static final List<String> IPV4 = List.of("ipv4", "myipv4", "ip4", "myip4");
  private static final List<String> IPV6 = List.of("ipv6", "myipv6", "ip6", "myip6");
  private static final List<String> SITE_NETWORKS =
      List.of("ip6lanprefix", "ipv6prefix", "lanprefix");

  /** The site's address source that FRITZ!Box's {@code <ip6lanprefix>} tells of. */
  private static final String LAN = "lan";

  /** What a parameter begins with that tells a network at the site, by the name of its source. */
  private static final String NETWORK = "prefix-";

  @Override
  public String name() {
    return "dyndns2";
  }

  /**
   * Whether a request to {@code /u/TOKEN} is in this dialect, and not in FreeDNS's: it names hosts.
   */
  public static boolean speaks(DoorRequest request) {
    return Dyndns2Names.areIn(request);
  }

  @Override
  public Question read(DoorRequest request) {
    Presented presented = Dyndns2Names.presented(request);
    var reader = new AddressReader(request.source());
    // What is sent with offline=YES is where the device was, not where it is (Dyn, No-IP).
    if (request.says("offline")) {
      reader.withdraw(Family.ANY);
    } else {
      reader
          .addresses(request.list(ADDRESSES), Family.ANY)
          .addresses(request.list(IPV4), Family.IPV4)
          .addresses(request.list(IPV6), Family.IPV6);
      for (String name : SITE_NETWORKS) {
        reader.siteNetwork(LAN, request.first(name));
      }
      namedNetworks(request, reader);
      reader.orSource();
    }
    AddressWords addresses = reader.words();
    List<HostWish> wishes = new ArrayList<>(Dyndns2Names.wishes(request, presented, addresses));
    String uplink = request.first("uplink");
    wishes.replaceAll(wish -> wish.over(uplink));
    return Question.of(presented, wishes, addresses);
  }

  private static void namedNetworks(DoorRequest request, AddressReader reader) {
    int networks = 0;
    for (String parameter : request.parameters().getNames()) {
      if (!parameter.startsWith(NETWORK)) {
        continue;
      }
      if (++networks > NETWORKS_MAX) {
        reader.refuse("more than %d networks in one request".formatted(NETWORKS_MAX));
        return;
      }
      String name = parameter.substring(NETWORK.length());
      try {
        reader.siteNetwork(HostPlanText.sourceName(name), request.first(parameter));
      } catch (IllegalArgumentException e) {
        reader.refuse(String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    // pfSense compares whole answers: no blank at the end when there is nothing to echo.
    return Dyndns2Words.of(
        answer, ("good " + question.spelling()).strip(), ("nochg " + question.spelling()).strip());
  }
}
