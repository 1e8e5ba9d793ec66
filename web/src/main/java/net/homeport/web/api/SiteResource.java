package net.homeport.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.site.AddressSource;
import net.homeport.registry.site.FlapDamping;
import net.homeport.registry.site.HostPlan;
import net.homeport.registry.site.HostPlanText;
import net.homeport.registry.site.Site;
import net.homeport.registry.site.SiteChange;
import net.homeport.registry.site.SitePublisher;
import net.homeport.registry.site.SiteRegistry;
import net.homeport.registry.site.SiteReport;
import net.homeport.registry.site.SiteState;
import net.homeport.registry.site.SourceReport;
import net.homeport.registry.site.Uplink;
import net.homeport.registry.site.UplinkPolicy;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.SiteModel.HostChange;
import net.homeport.web.api.SiteModel.NewReport;
import net.homeport.web.api.SiteModel.NewSite;
import net.homeport.web.api.SiteModel.PolicyChange;
import net.homeport.web.api.SiteModel.SiteList;
import net.homeport.web.api.SiteModel.SourceChange;
import net.homeport.web.api.SiteModel.UplinkChange;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.address.AddressBlock;
import net.homeport.zone.update.Attribution;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** {@code /api/v1/sites}. */
public final class SiteResource implements ApiResource {
  /** As the value of a source: it has none. */
  private static final String GONE = "-";

  private final SiteRegistry sites;
  private final HostRegistry hosts;
  private final SitePublisher publisher;
  private final SiteViews views;

  public SiteResource(
      SiteRegistry sites,
      HostRegistry hosts,
      SitePublisher publisher,
      Supplier<ZoneSnapshot> zones) {
    this.sites = sites;
    this.hosts = hosts;
    this.publisher = publisher;
    this.views = new SiteViews(sites, zones);
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    String name = request.name();
    Attribution actor = request.actor();
    try {
      return switch (request.operation()) {
        case "GET sites" ->
            ApiResult.ok(new SiteList(sites.sites().stream().map(views::summary).toList()));
        case "POST sites" ->
            result(sites.add(given("name", request.body(NewSite.class).name())), true);
        case "GET sites/{name}" -> get(name);
        case "DELETE sites/{name}" -> remove(name);
        case "POST sites/{name}/sources" -> source(name, request.body(SourceChange.class), actor);
        case "POST sites/{name}/hosts" -> host(name, request.body(HostChange.class), actor);
        case "POST sites/{name}/uplinks" -> uplink(name, request.body(UplinkChange.class), actor);
        case "POST sites/{name}/policy" -> policy(name, request.body(PolicyChange.class), actor);
        case "POST sites/{name}/report" -> report(name, request.body(NewReport.class), actor);
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  private static String given(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the request needs a '%s'".formatted(field));
    }
    return value.strip();
  }

  private static ApiResult refused(String why) {
    return ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", why);
  }

  private static ApiResult noSuchSite(String name) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such site",
        "there is no site '%s'; 'homeport site list' shows those there are".formatted(name));
  }

  private ApiResult get(String name) {
    SiteState state = sites.site(name);
    return state == null ? noSuchSite(name) : ApiResult.ok(views.view(state));
  }

  private ApiResult remove(String name) {
    SiteChange change = sites.remove(name);
    return change instanceof SiteChange.Done
        ? ApiResult.ok(new RemovedView(name))
        : result(change, false);
  }

  private ApiResult result(SiteChange change, boolean created) {
    return switch (change) {
      case SiteChange.Done done -> {
        SiteState present = sites.site(done.site().site().name());
        var view = views.view(present == null ? done.site() : present);
        yield created ? ApiResult.created(view) : ApiResult.ok(view);
      }
      case SiteChange.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the site exists",
              "there is a site '%s' already".formatted(there.site().site().name()));
      case SiteChange.NoSuchSite none -> noSuchSite(none.name());
      case SiteChange.Refused refused -> refused(refused.why());
      case SiteChange.NotPublished not ->
          ApiResult.problem(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "stored, and not published yet",
              not.why() + "; it is tried again each second");
    };
  }

  /** Changes how a site is set up, then publishes what follows. */
  private ApiResult change(String name, UnaryOperator<Site> change, Attribution actor) {
    return published(sites.change(name, change), null, actor);
  }

  private ApiResult published(SiteChange change, @Nullable Host only, Attribution actor) {
    return change instanceof SiteChange.Done done
        ? result(publisher.publish(done.site().site().name(), only, actor), false)
        : result(change, false);
  }

  private ApiResult source(String name, SourceChange wanted, Attribution actor) {
    String source = HostPlanText.sourceName(given("name", wanted.name()));
    if (Boolean.TRUE.equals(wanted.remove())) {
      return change(
          name,
          site -> {
            if (!site.sources().containsKey(source)) {
              throw new IllegalArgumentException(
                  "the site has no address source '%s'".formatted(source));
            }
            return site.withoutSource(source);
          },
          actor);
    }
    return change(name, site -> site.with(source(site, source, wanted, actor.at())), actor);
  }

  private static AddressSource source(Site site, String name, SourceChange wanted, Instant now) {
    AddressSource before = site.sources().get(name);
    String reporter = wanted.reporter();
    Integer length = wanted.prefixLength();
    String takes = wanted.takes();
    return new AddressSource(
        name,
        reporter == null
            ? before == null ? null : before.reporter()
            : reporter.isEmpty() ? null : hostName(reporter),
        takes == null ? before == null ? AddressSource.usualInput(name) : before.takes() : takes,
        length == null
            ? before == null ? AddressSource.AS_REPORTED : before.prefixLength()
            : length,
        now);
  }

  private static Name hostName(String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
    return name;
  }

  private ApiResult host(String name, HostChange wanted, Attribution actor) {
    String text = given("host", wanted.host());
    Host host = hosts.host(hostName(text));
    if (host == null) {
      return ApiResult.problem(
          HttpStatus.NOT_FOUND_404,
          "no such host",
          "this server has no host '%s'; 'homeport host add' makes one".formatted(text));
    }
    if (Boolean.TRUE.equals(wanted.leave())) {
      return result(sites.leave(name, host), false);
    }
    return published(sites.join(name, host, plan(wanted.ipv4()), plan(wanted.ipv6())), host, actor);
  }

  private static @Nullable HostPlan plan(@Nullable String text) {
    return text == null ? null : HostPlanText.parse(text);
  }

  private ApiResult uplink(String name, UplinkChange wanted, Attribution actor) {
    String uplink = given("name", wanted.name());
    if (Boolean.TRUE.equals(wanted.remove())) {
      return change(
          name,
          site -> {
            if (site.uplink(uplink) == null) {
              throw new IllegalArgumentException("the site has no uplink '%s'".formatted(uplink));
            }
            return site.withoutUplink(uplink);
          },
          actor);
    }
    Integer place = wanted.place();
    if (place != null && place < 1) {
      throw new IllegalArgumentException("the preferred uplink has the place 1");
    }
    return change(
        name,
        site -> site.with(uplink(site, uplink, wanted), place == null ? -1 : place - 1),
        actor);
  }

  private static Uplink uplink(Site site, String name, UplinkChange wanted) {
    Uplink before = site.uplink(name);
    Integer weight = wanted.weight();
    Long interval = wanted.interval();
    String username = wanted.username();
    return new Uplink(
        name,
        weight == null ? before == null ? 1 : before.weight() : weight,
        interval == null
            ? before == null ? Uplink.DEFAULT_INTERVAL : before.interval()
            : Duration.ofSeconds(interval),
        username == null
            ? before == null ? null : before.username()
            : username.isEmpty() ? null : username);
  }

  private ApiResult policy(String name, PolicyChange wanted, Attribution actor) {
    return change(name, site -> site.with(policy(site.policy(), wanted), site.uplinks()), actor);
  }

  private static UplinkPolicy policy(UplinkPolicy before, PolicyChange wanted) {
    FlapDamping damping = before.damping();
    String kind = wanted.kind();
    return new UplinkPolicy(
        kind == null ? before.kind() : kind(kind),
        or(wanted.published(), before.published()),
        seconds(wanted.holdDown(), before.holdDown()),
        seconds(wanted.failBackDelay(), before.failBackDelay()),
        new FlapDamping(
            or(wanted.flapPenalty(), damping.penalty()),
            or(wanted.flapSuppress(), damping.suppress()),
            or(wanted.flapReuse(), damping.reuse()),
            seconds(wanted.flapHalfLife(), damping.halfLife()),
            seconds(wanted.flapLongest(), damping.longest())),
        or(wanted.unstableTtl(), before.unstableTtl()));
  }

  private static UplinkPolicy.Kind kind(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "all" -> UplinkPolicy.Kind.ALL;
      case "priority" -> UplinkPolicy.Kind.PRIORITY;
      case "weighted" -> UplinkPolicy.Kind.WEIGHTED;
      default ->
          throw new IllegalArgumentException(
              "'%s' is no policy; there are all, priority and weighted".formatted(text));
    };
  }

  private static <T> T or(@Nullable T wanted, T before) {
    return wanted == null ? before : wanted;
  }

  private static Duration seconds(@Nullable Long wanted, Duration before) {
    return wanted == null ? before : Duration.ofSeconds(wanted);
  }

  private ApiResult report(String name, NewReport wanted, Attribution actor) {
    Map<String, String> values = wanted.values();
    if (values == null || values.isEmpty()) {
      throw new IllegalArgumentException(
          "the report says nothing; send 'values' such as {\"lan\": \"2001:db8:1:200::/56\"}");
    }
    Map<String, SourceReport> sources = new TreeMap<>();
    values.forEach((source, value) ->
        sources.put(
            source,
            value.equals(GONE)
                ? SourceReport.GONE
                : new SourceReport.Is(AddressBlock.parse(value))));
    String uplink = wanted.uplink();
    var report = new SiteReport(uplink == null ? "" : uplink, sources, actor.at(), actor.actor());
    return result(publisher.report(name, report, actor), false);
  }
}
