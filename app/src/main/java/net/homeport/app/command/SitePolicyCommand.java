package net.homeport.app.command;

import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.web.api.SiteModel.PolicyChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport site policy}. */
@Command(
    name = "policy",
    description = {
      "Says which uplinks of a site are published, and how soon others are:",
      "  all        the addresses of all that work",
      "  priority   those of the first that works",
      "  weighted   DNS gives records no weights: each host is published at one uplink, so that the hosts spread by weight"
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer =
        "  ./homeport site policy branch7 --kind priority --hold-down 30s --fail-back 5m --half-life 15m")
final class SitePolicyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SITE", description = "The site.")
  private String site = "";

  @Option(names = "--kind", paramLabel = "KIND", description = "all, priority or weighted.")
  private @Nullable String kind;

  @Option(
      names = "--published",
      paramLabel = "NUMBER",
      description = "At how many uplinks each host is published, when weighted.")
  private @Nullable Integer published;

  @Option(
      names = "--hold-down",
      paramLabel = "TIME",
      description = "Least time between two switches, such as 30s.")
  private @Nullable String holdDown;

  @Option(
      names = "--fail-back",
      paramLabel = "TIME",
      description = "An uplink that was down is used again when it was up for this long.")
  private @Nullable String failBack;

  @Option(
      names = "--flap-penalty",
      paramLabel = "NUMBER",
      description = "What each failure adds to an uplink's penalty (RFC 2439).")
  private @Nullable Double penalty;

  @Option(
      names = "--flap-suppress",
      paramLabel = "NUMBER",
      description = "From this penalty on an uplink is not used.")
  private @Nullable Double suppress;

  @Option(
      names = "--flap-reuse",
      paramLabel = "NUMBER",
      description = "Below this penalty it is used again.")
  private @Nullable Double reuse;

  @Option(names = "--half-life", paramLabel = "TIME", description = "In which the penalty halves.")
  private @Nullable String halfLife;

  @Option(
      names = "--longest-suppression",
      paramLabel = "TIME",
      description = "No uplink is kept out for longer after its last failure.")
  private @Nullable String longest;

  @Option(
      names = "--unstable-ttl",
      paramLabel = "SECONDS",
      description = "TTL while uplinks come and go, where the host's own is not shorter.")
  private @Nullable Long unstableTtl;

  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    var change =
        new PolicyChange(
            kind,
            published,
            seconds("--hold-down", holdDown),
            seconds("--fail-back", failBack),
            penalty,
            suppress,
            reuse,
            seconds("--half-life", halfLife),
            seconds("--longest-suppression", longest),
            unstableTtl);
    return SiteCommand.post(options, spec, site, "policy", change);
  }

  private static @Nullable Long seconds(String flag, @Nullable String text)
      throws ConfigurationException {
    return text == null ? null : (Long) DurationText.parse(flag, text).toSeconds();
  }
}
