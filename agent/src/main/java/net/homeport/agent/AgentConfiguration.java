package net.homeport.agent;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.publish.Credentials;
import net.homeport.agent.publish.NicPath;

/**
 * What the customer decides, checked. Made with {@link #builder}.
 *
 * @param server {@code https://} (or {@code http://}, for tests and private networks) and a path
 *     that stands in front of {@code /nic/update}, if any
 * @param hosts 1 to 20 full host names, in lower case without the last dot
 * @param credentials user name and password supplier
 * @param source where addresses are learnt
 * @param interfaceName the only interface to look at, for source INTERFACE; empty for all
 * @param families families to publish; not empty
 * @param allowPrivate whether addresses that the Internet cannot reach may be published
 * @param checkipPages pages that answer the caller's address, for source CHECKIP; not empty
 * @param whoamiName name that answers the caller's address, for source WHOAMI; else empty
 * @param stunServers by name or address and port, for source STUN; else empty
 * @param checkipInterval between two askings; 1 second to 1 day
 * @param refresh age at which an unchanged address is sent again; 1 minute to 60 days
 * @param stateDirectory for the intent file; of this agent alone
 * @param dnsServers asked after an update was accepted, and for {@code whoamiName}; empty to find
 *     them through DNS
 */
public record AgentConfiguration(
    URI server,
    List<String> hosts,
    Credentials credentials,
    Source source,
    Optional<String> interfaceName,
    Set<AddressFamily> families,
    boolean allowPrivate,
    List<URI> checkipPages,
    Optional<String> whoamiName,
    List<InetSocketAddress> stunServers,
    Duration checkipInterval,
    Duration refresh,
    Path stateDirectory,
    List<InetSocketAddress> dnsServers) {

  /** Where addresses are learnt. */
  public enum Source {
    /** From this machine's interfaces: noticed within milliseconds. */
    INTERFACE,
    /** By asking pages, for a machine behind NAT: noticed within an interval. */
    CHECKIP,
    /** The same by asking name servers for a name that tells the asker's address. */
    WHOAMI,
    /** The same by asking STUN servers (RFC 8489). */
    STUN
  }

  // The limit of the protocol; beyond it servers answer "numhost".
  private static final int HOSTS_MAX = 20;
  private static final int CHECKIP_PAGES_MAX = 8;
  private static final int STUN_SERVERS_MAX = 8;
  private static final int DNS_SERVERS_MAX = 32;
  private static final Pattern HOST =
      Pattern.compile("(?=.{3,253}$)[a-z0-9_*]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))+");

  /**
   * Checks everything.
   *
   * @throws IllegalArgumentException with a sentence for the customer
   */
  public AgentConfiguration {
    hosts = hosts.stream().map(AgentConfiguration::canonical).distinct().toList();
    families = Set.copyOf(families);
    checkipPages = List.copyOf(checkipPages);
    whoamiName = whoamiName.map(AgentConfiguration::canonical);
    stunServers = List.copyOf(stunServers);
    dnsServers = List.copyOf(dnsServers);
    checkAddress("server", server);
    require(!hosts.isEmpty() && hosts.size() <= HOSTS_MAX, "give 1 to 20 host names");
    require(!families.isEmpty(), "choose IPv4, IPv6 or both");
    require(
        !checkipPages.isEmpty() && checkipPages.size() <= CHECKIP_PAGES_MAX,
        "give 1 to 8 checkip pages");
    checkipPages.forEach(page -> checkAddress("checkip page", page));
    require(
        source == Source.WHOAMI == whoamiName.isPresent(),
        "give the name that answers the address");
    require(
        source == Source.STUN != stunServers.isEmpty() && stunServers.size() <= STUN_SERVERS_MAX,
        "give 1 to 8 STUN servers");
    within("checkip interval", checkipInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    within("refresh period", refresh, Duration.ofMinutes(1), Duration.ofDays(60));
    require(dnsServers.size() <= DNS_SERVERS_MAX, "give at most 32 DNS servers");
  }

  /**
   * Begins with what has no default.
   *
   * @param password called before each request, on the agent's thread; may read a file
   */
  public static Builder builder(
      URI server,
      List<String> hosts,
      String userName,
      Supplier<String> password,
      Path stateDirectory) {
    checkAddress("server", server);
    return new Builder(server, hosts, new Credentials(userName, password), stateDirectory);
  }

  /**
   * Unless told otherwise: both families of all interfaces, public addresses only, a refresh each
   * day, checkip (when chosen) at the server's {@code /nic/checkip} each minute, DNS servers found
   * through DNS. One thread.
   */
  public static final class Builder {
    private final URI server;
    private final List<String> hosts;
    private final Credentials credentials;
    private final Path stateDirectory;
    private Source source = Source.INTERFACE;
    private Optional<String> interfaceName = Optional.empty();
    private Set<AddressFamily> families = EnumSet.allOf(AddressFamily.class);
    private boolean allowPrivate;
    private List<URI> checkipPages;
    private Optional<String> whoamiName = Optional.empty();
    private List<InetSocketAddress> stunServers = List.of();
    private Duration checkipInterval = Duration.ofMinutes(1);
    private Duration refresh = Duration.ofDays(1);
    private List<InetSocketAddress> dnsServers = List.of();

    private Builder(URI server, List<String> hosts, Credentials credentials, Path stateDirectory) {
      this.server = server;
      this.hosts = hosts;
      this.credentials = credentials;
      this.stateDirectory = stateDirectory;
      checkipPages = List.of(NicPath.of(server, "checkip"));
    }

    /** Where to learn the addresses. */
    public Builder source(Source chosen) {
      source = chosen;
      return this;
    }

    /** Looks at this interface only, which may then also be a virtual one. */
    public Builder interfaceName(String name) {
      interfaceName = Optional.of(name);
      return this;
    }

    /** Publishes these families only; the other stays on the server as it is. */
    public Builder families(Set<AddressFamily> chosen) {
      families = chosen;
      return this;
    }

    /** Whether to publish private addresses too, if there is no public one of the family. */
    public Builder allowPrivate(boolean allow) {
      allowPrivate = allow;
      return this;
    }

    /**
     * Asks these pages. A page tells the family it was reached by; for both families give two,
     * whose names have only an A and only an AAAA record.
     */
    public Builder checkipPages(List<URI> pages) {
      checkipPages = pages;
      return this;
    }

    /** Asks the servers of this name's zone for it, which answers the caller's address. */
    public Builder whoami(String name) {
      source = Source.WHOAMI;
      whoamiName = Optional.of(name);
      return this;
    }

    /** Asks these STUN servers. */
    public Builder stun(List<InetSocketAddress> servers) {
      source = Source.STUN;
      stunServers = servers;
      return this;
    }

    /** How often to ask for the address. */
    public Builder checkipInterval(Duration interval) {
      checkipInterval = interval;
      return this;
    }

    /** Sends an unchanged address again when its acknowledgement is that old. */
    public Builder refresh(Duration period) {
      refresh = period;
      return this;
    }

    /** Asks these DNS servers, by address and port, whether they answer the new address. */
    public Builder dnsServers(List<InetSocketAddress> servers) {
      dnsServers = servers;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException with a sentence for the customer
     */
    public AgentConfiguration build() {
      return new AgentConfiguration(
          server,
          hosts,
          credentials,
          source,
          interfaceName,
          families,
          allowPrivate,
          checkipPages,
          whoamiName,
          stunServers,
          checkipInterval,
          refresh,
          stateDirectory,
          dnsServers);
    }
  }

  private static String canonical(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    require(
        HOST.matcher(name).matches(),
        "'" + host + "' is no full host name such as home.example.org");
    return name;
  }

  private static void checkAddress(String what, URI address) {
    String scheme = address.getScheme();
    require(
        ("https".equals(scheme) || "http".equals(scheme)) && address.getHost() != null,
        "the " + what + " has to look like https://dns.example.org");
    // It would end up in logs; credentials have their own place.
    require(address.getUserInfo() == null, "the " + what + " must not hold user or password");
    require(address.getFragment() == null, "the " + what + " must not have a fragment");
    require(
        !what.equals("server") || address.getQuery() == null, "the server must not have a query");
  }

  private static void within(String what, Duration value, Duration least, Duration most) {
    require(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        "the " + what + " has to be from " + least + " to " + most);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
