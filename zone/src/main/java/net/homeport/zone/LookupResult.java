package net.homeport.zone;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What is true of a name and type in a snapshot (RFC 1034 4.3.2); never bytes. */
public sealed interface LookupResult {
  /**
   * The RRset asked for exists, at the name itself or by a wildcard (RFC 4592). For QTYPE ANY it is
   * one RRset of those that exist (RFC 8482 4.1).
   */
  record Answer(Zone zone, Rrset rrset) implements LookupResult {}

  /**
   * The name is an alias: the look-up goes on at {@code target}.
   *
   * @param owner where the RRset stands: the name asked for, or for a DNAME one of its ancestors
   * @param rrset a CNAME, or a DNAME (RFC 6672)
   * @param target the name to look up next; null when the DNAME substitution is too long for a name
   *     (RFC 6672 2.2: YXDOMAIN)
   */
  record Alias(Zone zone, Name owner, Rrset rrset, @Nullable Name target) implements LookupResult {}

  /**
   * The name lies at or below a zone cut: others are authoritative for it.
   *
   * @param cut owner name of the NS RRset
   * @param glue addresses we hold of name servers named by it (RFC 9471)
   */
  record Referral(Zone zone, Name cut, Rrset nameServers, List<Glue> glue)
      implements LookupResult {}

  /** The name exists, the type does not (RFC 2308 2.2). */
  record NoData(Zone zone) implements LookupResult {}

  /** The name does not exist (RFC 2308 2.1: NXDOMAIN). */
  record NameError(Zone zone) implements LookupResult {}

  /** The name lies in none of our zones. */
  record NotAuthoritative() implements LookupResult {}

  /**
   * The name lies in a zone that is a copy of another server's, which was not heard of for longer
   * than the zone's SOA allows (RFC 1035 3.3.13): what it says may be wrong by now.
   */
  record Expired(Zone zone) implements LookupResult {}

  /**
   * The name lies in a zone that is to be a copy of another server's, and of which nothing has come
   * yet.
   */
  record NotReady() implements LookupResult {}

  /** An address RRset of a name server in a referral. */
  record Glue(Name owner, Rrset addresses) {}
}
