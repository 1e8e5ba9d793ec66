package net.homeport.app.command;

import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.web.api.SiteModel.UplinkChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport site uplink}. */
@Command(
    name = "uplink",
    description = {
      "Adds or changes an uplink: one of several connections of a site. Its reports say 'uplink=NAME', or come with a credential of its own.",
      "An uplink that was not heard for its interval is down."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport site uplink branch7 dsl --interval 10m",
      "  ./homeport site uplink branch7 lte --interval 10m --username lte7.dyn.example.org",
      "  ./homeport site uplink branch7 dsl --remove",
    })
final class SiteUplinkCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
  private String site = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "What its reports call it.")
  private String name = "";

  @Option(
      names = "--place",
      paramLabel = "NUMBER",
      description = "Its place; the one at 1 is preferred (default: last).")
  private @Nullable Integer place;

  @Option(
      names = "--weight",
      paramLabel = "NUMBER",
      description = "Its share of the hosts under the policy 'weighted' (default: 1).")
  private @Nullable Integer weight;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Down after this long without a report, such as 90s or 10m (default: 15m).")
  private @Nullable String interval;

  @Option(
      names = "--username",
      paramLabel = "USERNAME",
      description = "All reports with this credential are about this uplink; '' for none.")
  private @Nullable String username;

  @Option(names = "--remove", description = "Remove it instead.")
  private boolean remove;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    Long seconds =
        interval == null ? null : (Long) DurationText.parse("--interval", interval).toSeconds();
    return SiteCommand.post(
        options,
        spec,
        site,
        "uplinks",
        new UplinkChange(name, place, weight, seconds, username, remove));
  }
}
