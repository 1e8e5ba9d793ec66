package net.homeport.zone;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What a look-up says, in a form that compares without regard to how it was found.
 *
 * @param kind name of the {@link LookupResult}'s type
 * @param zone apex of the zone that says so
 * @param owner for an alias or a referral, where the records stand
 * @param records the records, each with type, TTL and RDATA
 * @param target for an alias, where it leads
 * @param glue for a referral, addresses with their owners
 */
record Truth(
    String kind,
    @Nullable Name zone,
    @Nullable Name owner,
    SortedSet<String> records,
    @Nullable Name target,
    SortedSet<String> glue) {
  private static final SortedSet<String> NONE = new TreeSet<>();

  static Truth answer(Name zone, Collection<Record> records) {
    return new Truth("Answer", zone, null, values(records), null, NONE);
  }

  static Truth alias(Name zone, Name owner, Collection<Record> records, @Nullable Name target) {
    return new Truth("Alias", zone, owner, values(records), target, NONE);
  }

  static Truth referral(Name zone, Name cut, Collection<Record> records, Collection<Record> glue) {
    var addresses = new TreeSet<String>();
    glue.forEach(record -> addresses.add(record.toString().toLowerCase(java.util.Locale.ROOT)));
    return new Truth("Referral", zone, cut, values(records), null, addresses);
  }

  static Truth noData(Name zone) {
    return new Truth("NoData", zone, null, NONE, null, NONE);
  }

  static Truth nameError(Name zone) {
    return new Truth("NameError", zone, null, NONE, null, NONE);
  }

  static Truth notAuthoritative() {
    return new Truth("NotAuthoritative", null, null, NONE, null, NONE);
  }

  /** All records with the smallest of their TTLs (RFC 2181 5.2), duplicates once. */
  private static SortedSet<String> values(Collection<Record> records) {
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElseThrow();
    var values = new TreeSet<String>();
    records.forEach(
        record -> values.add(record.getType() + " " + ttl + " " + record.rdataToString()));
    return values;
  }

  static Truth of(LookupResult result) {
    return switch (result) {
      case LookupResult.Answer answer ->
          answer(answer.zone().apex(), records(answer.rrset(), Name.root));
      case LookupResult.Alias alias ->
          alias(
              alias.zone().apex(),
              alias.owner(),
              records(alias.rrset(), Name.root),
              alias.target());
      case LookupResult.Referral referral ->
          referral(
              referral.zone().apex(),
              referral.cut(),
              records(referral.nameServers(), Name.root),
              referral.glue().stream()
                  .flatMap(glue -> records(glue.addresses(), glue.owner()).stream())
                  .toList());
      case LookupResult.NoData noData -> noData(noData.zone().apex());
      case LookupResult.NameError nameError -> nameError(nameError.zone().apex());
      case LookupResult.Expired _ -> throw new AssertionError("no zone is expired here");
      case LookupResult.NotReady _ -> throw new AssertionError("no zone is awaited here");
      case LookupResult.NotAuthoritative _ -> notAuthoritative();
    };
  }

  private static List<Record> records(Rrset rrset, Name owner) {
    return rrset.records(owner);
  }
}
