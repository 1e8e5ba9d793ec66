package net.homeport.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import net.homeport.zone.address.AddressBlock;

/**
 * What {@code homeport serve} was told, complete and checked.
 *
 * @param data data folder
 * @param dns where DNS is served, by UDP and TCP; port 0 takes a free one
 * @param web where HTTP is served; port 0 takes a free one
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param tls what is served within TLS
 * @param udpWorkers threads that answer UDP on each address
 * @param nameServer what the name server tells and limits
 * @param gnuDip where GnuDIP is spoken by TCP; none, unless someone asks for it, and then its form
 *     of HTTP is not answered either
 * @param freeDnsLogins whether FreeDNS's logins by SHA-1 are taken
 * @param historyMegabytes past changes that are kept of each zone, about; 0 for any number
 */
public record ServeSettings(
    Path data,
    List<InetSocketAddress> dns,
    List<InetSocketAddress> web,
    List<AddressBlock> trustedProxies,
    TlsSettings tls,
    int udpWorkers,
    NameServerOptions nameServer,
    List<InetSocketAddress> gnuDip,
    boolean freeDnsLogins,
    int historyMegabytes) {
  /** Past changes of a zone that are kept unless told otherwise. */
  public static final int HISTORY_MEGABYTES_DEFAULT = 1024;

  /** Most that can be asked for: more than this is as good as any number. */
  public static final int HISTORY_MEGABYTES_MAX = 16 * 1024 * 1024;

  /** Data folder unless told otherwise. */
  public static final Path DEFAULT_DATA = Path.of("homeport-data");

  /** Where DNS is served unless told otherwise. */
  public static final String DEFAULT_DNS = "127.0.0.1:5300";

  /** Where the web is served unless told otherwise. */
  public static final String DEFAULT_WEB = "127.0.0.1:8053";

  /** Most UDP workers; more than this never helped a name server. */
  public static final int UDP_WORKERS_MAX = 256;

  public ServeSettings {
    dns = List.copyOf(dns);
    web = List.copyOf(web);
    trustedProxies = List.copyOf(trustedProxies);
    gnuDip = List.copyOf(gnuDip);
  }

  /** A server of its own on this machine: free ports, and the defaults for the rest. */
  public static ServeSettings onFreePorts(Path data) {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ServeSettings(
        data,
        List.of(free),
        List.of(free),
        List.of(),
        TlsSettings.NONE,
        1,
        NameServerOptions.DEFAULTS,
        List.of(),
        false,
        HISTORY_MEGABYTES_DEFAULT);
  }
}
