package net.homeport.store.sqlite;

import static net.homeport.testkit.DnsText.name;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.account.Membership;
import net.homeport.registry.account.NameGrant;
import net.homeport.registry.account.Person;
import net.homeport.registry.account.PersonalToken;
import net.homeport.registry.account.Role;
import net.homeport.registry.catalog.Catalog;
import net.homeport.registry.challenge.ChallengeRegistration;
import net.homeport.registry.credential.Credential;
import net.homeport.registry.credential.CredentialProfile;
import net.homeport.registry.credential.CredentialScope;
import net.homeport.registry.credential.NameScope;
import net.homeport.registry.credential.OlderSecret;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHash;
import net.homeport.registry.credential.SigningSecret;
import net.homeport.registry.enrolment.EnrolmentKind;
import net.homeport.registry.enrolment.PendingEnrolment;
import net.homeport.registry.host.Host;
import net.homeport.registry.liveness.LivenessSettings;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.naming.Tombstone;
import net.homeport.registry.restriction.HostApproval;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.StoredSetting;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.FlapDamping;
import net.homeport.registry.site.HostPlan;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteMember;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.EarlierReport;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.zone.SerialPolicy;
import net.homeport.store.ZoneLife;
import net.homeport.testkit.DnsText;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ZoneChange;
import org.xbill.DNS.Name;

/** A store that has something of everything that gives a right or an address. */
final class FullStore {
  static final Name HOST = name("Cam.home.test.");
  private static final Name ZONE = name("home.test.");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

  private final SqliteDatabase database;

  FullStore(SqliteDatabase database) {
    this.database = database;
  }

  private static SecretHash hash(int first) {
    byte[] octets = new byte[SecretHash.OCTETS];
    octets[0] = (byte) first;
    return new SecretHash(octets);
  }

  /** Adds the zone and the host that the rest is about. */
  static void begin(SqliteStore store) {
    var zone =
        ZoneLife.created(
            store.load(1), ZONE, DnsText.records("home.test. 60 SOA ns. host. 1 1 1 1 1"));
    store
        .journal()
        .append(
            List.of(
                new ZoneChange.Created(zone, new Attribution("administrator", "api", null, NOW))));
    new SqliteRegistryStore(store.database())
        .addHost(new Host(HOST, ZONE, 1, 60, NOW), new Credential(1, "cam", hash(1), NOW));
    new SqliteChallengeStore(store.database())
        .put(
            new ChallengeRegistration(
                "8a9c",
                HOST,
                hash(7),
                List.of(AddressBlock.parse("192.0.2.0/24")),
                NOW,
                ChallengeRegistration.NO_CREDENTIAL));
  }

  /** Keeps all that a store keeps in place of what was there: as often as one likes. */
  void keep(String some) {
    var accounts = new SqliteAccountStore(database);
    accounts.put(new Account(5, some, 300, false, NOW));
    accounts.put(new Person(6, some, "$argon2id$", false, NOW));
    accounts.put(new Membership(5, 6, some.equals("a") ? Role.OWNER : Role.VIEWER));
    accounts.removeToken(7);
    accounts.put(new PersonalToken(7, 6, hash(2), some, Role.VIEWER, 5L, null, NOW));
    accounts.put(new NameGrant(5, ZONE));
    new SqliteHostDetailStore(database)
        .putAll(Map.of(HOST, new HostDetail(5, new TreeMap<>(Map.of("rack", some)))));
    new SqliteCredentialStore(database)
        .change(new Credential(1, "cam", hash(1), NOW), profile(some));
    new SqliteEnrolmentStore(database)
        .put(
            new PendingEnrolment(
                hash(3), HOST, EnrolmentKind.TOKEN, some, NOW, NOW.plusSeconds(9), 0, "ann"));
    var sites = new SqliteSiteStore(database);
    sites.put(site(some));
    sites.put(new SiteMember(HOST, "office", HostPlan.REPORTED, HostPlan.REPORTED, NOW));
    var liveness = new SqliteLivenessStore(database);
    LivenessSettings settings =
        new LivenessSettings(Duration.ofMinutes(some.length()), null, Map.of());
    liveness.putHostSettings(HOST, settings);
    liveness.putZoneSettings(ZONE, settings);
    liveness.putTruthPolicy(
        ZONE,
        new TruthPolicy(
            Map.of(AddressClass.SIX_TO_FOUR, TruthPolicy.Treatment.REFUSE),
            TruthPolicy.SourceMatch.MATCH));
    var policies = new SqlitePolicyStore(database);
    policies.put(new StoredSetting(new PolicyScope.OfHost(HOST), "locked", "yes", some, NOW));
    policies.put(new StoredSetting(new PolicyScope.Everywhere(), "locked", "no", some, NOW));
    policies.put(new HostApproval(HOST, some, NOW));
    policies.put(new HostBlock(HOST, some, "ann", NOW));
    new SqliteWithheldReportStore(database).keep(List.of(report(some)), List.of());
    var names = new SqliteNameStore(database);
    names.put(new Tombstone(name("tv.home.test."), ZONE, some, 5, NOW, NOW.plusSeconds(9)));
    names.put(NameRules.Kind.BRANDS, some);
    new SqlitePortStore(database).putPorts(HOST, List.of(443, some.length()));
    new SqliteCatalogStore(database)
        .put(new Catalog(name("Catalog.test."), Set.of(name(some + ".test.")), NOW));
    new SqliteSerialPolicyStore(database).putSerialPolicy(ZONE, SerialPolicy.UNIXTIME);
  }

  private static EarlierReport report(String some) {
    return new EarlierReport(
        HOST,
        1,
        new RequestOrigin(InetAddress.ofLiteral("192.0.2.9"), some, "TLSv1.3", ""),
        new HostWish(
            "Cam.home.test",
            new AddressWish.Publish(InetAddress.ofLiteral("198.51.100.7")),
            AddressWish.KEEP,
            Map.of("lan", AddressBlock.parse("2001:db8::/56")),
            some),
        NOW);
  }

  private static CredentialProfile profile(String some) {
    var names = new NameScope.Listed(List.of(new NameScope.Entry(HOST, false)));
    return new CredentialProfile(
        1,
        false,
        some,
        false,
        NOW,
        List.of(new OlderSecret(hash(4), NOW, NOW.plusSeconds(1))),
        List.of(new SigningSecret(new byte[] {1, 2}, NOW, null)),
        CredentialScope.DEFAULT.with(names));
  }

  private static Site site(String some) {
    var policy =
        new UplinkPolicy(
            UplinkPolicy.Kind.WEIGHTED,
            2,
            Duration.ofMillis(1_500),
            Duration.ofMinutes(7),
            new FlapDamping(900.5, 1_900, 700, Duration.ofMinutes(3), Duration.ofMinutes(30)),
            15);
    return new Site(
        "office",
        Map.of("lan", new AddressSource("lan", HOST, "lan", 56, NOW)),
        policy,
        List.of(new Uplink(some, 3, Duration.ofSeconds(90), null)),
        NOW);
  }

  /** All of it as a start reads it, in lines. */
  SortedSet<String> read() {
    var lines = new TreeSet<String>();
    var registry = new SqliteRegistryStore(database);
    lines.add("last " + registry.lastCredentialId());
    registry.hosts().forEach(each -> lines.add("" + each));
    registry.credentials().forEach(each -> lines.add("" + each));
    var accounts = new SqliteAccountStore(database);
    accounts.accounts().forEach(each -> lines.add("" + each));
    accounts.people().forEach(each -> lines.add("" + each));
    accounts.memberships().forEach(each -> lines.add("" + each));
    accounts.tokens().forEach(each -> lines.add("" + each));
    accounts.grants().forEach(each -> lines.add("" + each));
    new SqliteHostDetailStore(database).details().forEach((of, each) -> lines.add(of + " " + each));
    new SqliteCredentialStore(database)
        .profiles()
        .forEach(each ->
            lines.add(each.comment() + each.scope() + each.older().size() + each.signing().size()));
    new SqliteEnrolmentStore(database).pending().forEach(each -> lines.add("" + each));
    new SqliteChallengeStore(database).registrations().forEach(each -> lines.add("" + each));
    var sites = new SqliteSiteStore(database);
    sites.sites().forEach(each -> lines.add("" + each));
    sites.members().forEach(each -> lines.add("" + each));
    var liveness = new SqliteLivenessStore(database);
    liveness.eachHostSettings((of, each) -> lines.add(of + " " + each));
    liveness.eachZoneSettings((of, each) -> lines.add(of + " " + each));
    liveness.eachTruthPolicy((of, each) -> lines.add(of + " " + each));
    var policies = new SqlitePolicyStore(database);
    policies.settings().forEach(each -> lines.add("" + each));
    policies.approvals().forEach(each -> lines.add("" + each));
    policies.blocks().forEach(each -> lines.add("" + each));
    new SqliteWithheldReportStore(database).reports().forEach(each -> lines.add("" + each));
    var names = new SqliteNameStore(database);
    names.tombstones().forEach(each -> lines.add("" + each));
    lines.add("brands " + names.list(NameRules.Kind.BRANDS));
    new SqlitePortStore(database).eachPorts((of, each) -> lines.add(of + " " + each));
    new SqliteCatalogStore(database).catalogs().forEach(each -> lines.add("" + each));
    new SqliteSerialPolicyStore(database)
        .serialPolicies()
        .forEach((of, each) -> lines.add(of + " " + each));
    return lines;
  }
}
