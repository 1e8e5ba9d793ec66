package net.homeport.app.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import net.homeport.nameserver.cookie.CookieSecretFile;
import net.homeport.nameserver.query.ResponseRateLimit;
import net.homeport.zone.address.AddressBlock;

/**
 * What {@code homeport serve} was told of its name server, complete and checked.
 *
 * @param identity what NSID and {@code id.server} tell; absent: nothing
 * @param showVersion whether {@code version.bind} tells the version
 * @param whoami whether {@code whoami.<zone>} tells an asker its address
 * @param rateLimit equal answers a second to one network; 0 limits nothing
 * @param rateLimitSlip of the answers over the limit, one in so many is sent in short; 0 drops all
 * @param rateLimitExempt networks that are never limited
 * @param cookieSecretFile secrets of DNS cookies; absent: the server makes its own
 * @param stun where STUN is served; port 0 takes a free one
 */
public record NameServerOptions(
    Optional<String> identity,
    boolean showVersion,
    boolean whoami,
    int rateLimit,
    int rateLimitSlip,
    List<AddressBlock> rateLimitExempt,
    Optional<CookieSecretFile> cookieSecretFile,
    List<InetSocketAddress> stun) {
  /** The largest slip that makes sense: fewer than this are as good as none. */
  public static final int SLIP_MAX = 10;

  /** What applies unless told otherwise. */
  public static final NameServerOptions DEFAULTS =
      new NameServerOptions(
          Optional.empty(),
          false,
          true,
          ResponseRateLimit.PER_SECOND_DEFAULT,
          ResponseRateLimit.SLIP_DEFAULT,
          List.of(),
          Optional.empty(),
          List.of());

  public NameServerOptions {
    rateLimitExempt = List.copyOf(rateLimitExempt);
    stun = List.copyOf(stun);
  }
}
