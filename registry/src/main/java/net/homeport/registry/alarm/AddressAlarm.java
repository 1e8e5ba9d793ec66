package net.homeport.registry.alarm;

import java.net.InetAddress;
import java.time.Instant;
import org.xbill.DNS.Name;

/**
 * That an address was published for a host of one account when a host of another reported it.
 *
 * @param id its number
 * @param host for which it was published already
 * @param accountId whose that is
 * @param reportedBy the host that reported it since
 * @param reporterAccountId whose that is
 * @param dismissed whether a person has seen to it
 */
public record AddressAlarm(
    long id,
    InetAddress address,
    Name host,
    long accountId,
    Name reportedBy,
    long reporterAccountId,
    Instant raisedAt,
    boolean dismissed) {
  /** Whether it is about the same as another one, whichever of the two hosts was first. */
  boolean isAbout(InetAddress other, Name one, Name two) {
    return address.equals(other)
        && ((host.equals(one) && reportedBy.equals(two))
            || (host.equals(two) && reportedBy.equals(one)));
  }

  AddressAlarm dismiss() {
    return new AddressAlarm(
        id, address, host, accountId, reportedBy, reporterAccountId, raisedAt, true);
  }
}
