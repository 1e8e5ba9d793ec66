package net.homeport.web.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.account.Account;
import net.homeport.registry.account.HostDetail;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostStatus;
import net.homeport.registry.liveness.HostLiveness;
import net.homeport.registry.liveness.LivenessAction;
import net.homeport.registry.restriction.ApprovalCheck;
import net.homeport.registry.restriction.HostBlock;
import net.homeport.registry.restriction.LastObstacles.Obstacle;
import net.homeport.registry.update.EarlierReport;
import net.homeport.web.console.ConsoleSources.Restrictions;
import net.homeport.web.console.HostPageModel.AddressRow;
import net.homeport.web.console.HostPageModel.DeviceSetup;
import net.homeport.web.console.HostPageModel.ExchangeRow;
import net.homeport.web.console.HostPageModel.Followers;
import net.homeport.web.console.HostPageModel.HostHead;
import net.homeport.web.console.HostPageModel.HostLink;
import net.homeport.web.console.HostPageModel.HostPage;
import net.homeport.web.console.HostPageModel.Notice;
import net.homeport.web.exchange.Exchange;
import net.homeport.zone.address.AddressText;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Puts together what the page of one host shows. Thread safe; may read the disk. */
final class HostPages {
  /** Under which the pages of hosts stand. */
  static final String PREFIX = "/hosts/";

  /** Hosts that follow one, shown by name. */
  static final int FOLLOWERS_MAX = 50;

  private final ConsoleSources sources;
  private final HostChanges changes;
  private final CredentialRows credentials;
  private final SiteParts sites;

  HostPages(ConsoleSources sources) {
    this.sources = sources;
    this.changes = new HostChanges(sources.history());
    this.credentials = new CredentialRows(sources.hosts().credentials(), sources.hosts().grants());
    this.sites = new SiteParts(sources.sites().registry());
  }

  /**
   * URL of the page of a host. A name that a path cannot hold as it is stands in the query: a
   * server may refuse octets that mean something else in paths.
   */
  static String link(String name) {
    return name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
        ? PREFIX + name
        : PREFIX + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /** The host of this name, or null. */
  @Nullable Host host(String text) {
    try {
      return text.isBlank()
          ? null
          : sources.hosts().registry().host(Name.fromString(text, Name.root));
    } catch (TextParseException _) {
      return null;
    }
  }

  /**
   * What is true of a host now.
   *
   * @param origin by which the viewer reached this server
   * @param withChanges whether to read its changes from the disk
   */
  HostPage page(Host host, PageOrigin origin, boolean withChanges, Instant now)
      throws InterruptedException {
    HostLiveness liveness = sources.hosts().liveness().liveness(host, now);
    HostStatus status = sources.hosts().statuses().status(host);
    return new HostPage(
        head(status, liveness),
        LivenessPart.of(liveness, isFixed(host), now),
        sources.exchanges().of(host).stream().map(HostPages::row).toList(),
        setup(status, origin),
        credentials.of(host, now),
        sites.of(host),
        followers(host),
        withChanges ? changes.of(host) : null);
  }

  private boolean isFixed(Host host) {
    List<Name> leaders = sources.sites().leaders().of(host);
    return leaders != null && leaders.isEmpty();
  }

  private HostHead head(HostStatus status, HostLiveness liveness) {
    Host host = status.host();
    String name = text(host.name());
    HostDetail detail = sources.hosts().details().of(host.name());
    Account account = sources.hosts().accounts().account(detail.accountId());
    Attribution change = status.lastChange();
    return new HostHead(
        name,
        link(name),
        text(host.zone()),
        account == null || account.id() == Account.HOUSE ? "" : account.name(),
        detail.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .toList(),
        host.ttl(),
        host.createdAt(),
        addresses(status, LivenessPart.done(liveness)),
        notices(status, liveness),
        change == null ? null : HostTables.change(change));
  }

  private List<AddressRow> addresses(HostStatus status, @Nullable LivenessAction done) {
    var rows = new ArrayList<AddressRow>(2);
    for (int type : new int[] {Type.A, Type.AAAA}) {
      boolean isIpv4 = type == Type.A;
      List<String> present =
          status.addresses().stream()
              .filter(address -> address.getAddress().length == (isIpv4 ? 4 : 16))
              .map(AddressText::of)
              .toList();
      String origin = sites.origin(status.host(), type);
      boolean isParked = !present.isEmpty() && done instanceof LivenessAction.Park;
      rows.add(
          new AddressRow(
              isIpv4 ? "IPv4" : "IPv6",
              present,
              isParked ? "parked here for its silence; else " + origin : origin));
    }
    return rows;
  }

  private List<Notice> notices(HostStatus status, HostLiveness liveness) {
    Host host = status.host();
    String name = text(host.name());
    Restrictions restrictions = sources.restrictions();
    var notices = new ArrayList<Notice>();
    HostBlock block = restrictions.standings().block(host.name());
    if (block != null) {
      notices.add(
          new Notice(
              true,
              "Blocked by %s on %s: %s. Nobody can publish an address for it."
                  .formatted(block.by(), Wording.time(block.at()), block.reason()),
              "./homeport host unblock " + name));
    }
    EarlierReport withheld = restrictions.withheld().of(host.name());
    if (ApprovalCheck.waits(host, restrictions.policies(), restrictions.standings())) {
      notices.add(
          new Notice(
              true,
              "Waits for a person’s approval: what its device asks for is withheld"
                  + (withheld == null || withheld.wish().words().isEmpty()
                      ? "."
                      : " (%s, on %s)."
                          .formatted(withheld.wish().words(), Wording.time(withheld.at()))),
              "./homeport host approve " + name));
    }
    Notice silence = LivenessPart.notice(liveness);
    if (silence != null) {
      notices.add(silence);
    }
    Obstacle obstacle = restrictions.obstacles().of(host.name());
    if (obstacle != null) {
      notices.add(
          new Notice(
              true,
              "The last request was %s on %s: %s."
                  .formatted(obstacle.outcome(), Wording.time(obstacle.at()), obstacle.why()),
              ""));
    }
    status.remarks().forEach(remark -> notices.add(new Notice(false, remark, "")));
    return notices;
  }

  private static ExchangeRow row(Exchange exchange) {
    String tls = exchange.tlsVersion();
    return new ExchangeRow(
        exchange.at(),
        AddressText.of(exchange.source()),
        exchange.frontDoor(),
        tls == null ? "" : tls,
        exchange.proven(),
        exchange.request(),
        exchange.userAgent(),
        exchange.client().label(),
        exchange.status() + " " + HttpStatus.getMessage(exchange.status()),
        exchange.answer(),
        exchange.understood(),
        exchange.notes());
  }

  private static DeviceSetup setup(HostStatus status, PageOrigin origin) {
    String name = URLEncoder.encode(text(status.host().name()), StandardCharsets.UTF_8);
    return new DeviceSetup(
        origin.authority(),
        origin.isLoopback(),
        origin.url() + "/nic/update?hostname=" + name,
        origin.url() + "/update?domains=" + name + "&token=PASSWORD",
        status.username());
  }

  private Followers followers(Host host) {
    List<Host> all = sources.sites().leaders().followers(host);
    return new Followers(
        all.stream()
            .limit(FOLLOWERS_MAX)
            .map(one -> new HostLink(text(one.name()), link(text(one.name()))))
            .toList(),
        all.size());
  }

  private static String text(Name name) {
    return name.toString(true);
  }
}
