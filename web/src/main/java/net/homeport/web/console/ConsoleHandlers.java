package net.homeport.web.console;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import net.homeport.web.http.ClientAddress;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;

/** Every path of the console and its handler. */
public final class ConsoleHandlers {
  private ConsoleHandlers() {}

  /**
   * The console's routes, to be merged with those of the other front doors. They hold no path but
   * their own: one that nobody serves is still not found.
   *
   * @param sources where it reads
   * @param changes signalled after each commit, see {@link ConsoleChanges#changed}
   * @param clientAddress whose wrong tokens are counted together
   * @param administratorToken whether a token is the administrator's; must take the same time for
   *     every wrong one
   * @param clock time of sessions and of "3 minutes ago"
   * @param random a cryptographically strong, thread safe source of session numbers
   */
  public static Map<PathSpec, Handler> routes(
      ConsoleSources sources,
      ConsoleChanges changes,
      ClientAddress clientAddress,
      Predicate<String> administratorToken,
      InstantSource clock,
      RandomGenerator random) {
    var access = new ConsoleAccess(clientAddress, administratorToken, clock, random);
    return routes(access, sources, changes, clock, EventStreams.Pace.NORMAL);
  }

  static Map<PathSpec, Handler> routes(
      ConsoleAccess access,
      ConsoleSources sources,
      ConsoleChanges changes,
      InstantSource clock,
      EventStreams.Pace pace) {
    var tables =
        new HostTables(sources.hosts().registry(), sources.hosts().statuses(), sources.zones());
    var assets = Assets.load();
    var templates = new ConsoleTemplates(assets);
    var liveTables = new LiveTables(tables, templates, clock);
    var sitePages = new SitePages(sources.sites().registry(), sources.hosts().statuses());
    return Map.of(
        // In a servlet path the empty string is the root and nothing else; "/" would be every path.
        new ServletPathSpec(""), new HostsPage(access, tables, templates, clock),
        new ServletPathSpec(HostPages.PREFIX + "*"),
            new HostPageHandler(access, new HostPages(sources), templates, clock),
        new ServletPathSpec(SitePages.PREFIX + "*"),
            new SitePageHandler(access, sitePages, templates, clock),
        new ServletPathSpec("/events"), new EventStreams(access, liveTables, changes, clock, pace),
        new ServletPathSpec(Assets.PREFIX + "*"), new AssetHandler(assets),
        new ServletPathSpec("/login"), new LoginPage(access, templates),
        new ServletPathSpec("/logout"), new Logout(access));
  }
}
