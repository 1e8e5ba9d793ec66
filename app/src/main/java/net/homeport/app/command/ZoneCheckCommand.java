package net.homeport.app.command;

import io.avaje.jsonb.Json;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.config.SocketAddressText;
import net.homeport.app.remote.RemoteException;
import net.homeport.app.remote.ServerConnection;
import net.homeport.app.zonefile.LameDelegations;
import net.homeport.app.zonefile.ZoneFile;
import net.homeport.zone.Zone;
import net.homeport.zone.check.Finding;
import net.homeport.zone.check.Severity;
import net.homeport.zone.check.ZoneCheck;
import net.homeport.zone.text.Place;
import net.homeport.zone.text.ZoneTextSource;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport zone check}. */
@Command(
    name = "check",
    description =
        "Looks a zone file over without a server, or a zone that the running server has: errors, warnings, and what is odd.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport zone check example.org.zone",
      "  ./homeport zone check zones/master.txt --origin example.org --strict",
      "  ./homeport zone check example.org.zone --lame",
      "  ./homeport zone check dyn.example.org",
      "",
      "Exit codes: 0 no error, 1 errors (with --strict: or warnings), 2 wrong usage.",
    })
final class ZoneCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE|ZONE",
      description =
          "A zone file (RFC 1035 section 5); where there is no such file, the name of a zone of the server.")
  private String subject = "";

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description =
          "The zone's name (default: as $ORIGIN, the SOA record, or the file's name say).")
  private @Nullable String origin;

  @Option(names = "--strict", description = "Warnings count as errors.")
  private boolean strict;

  @Option(
      names = "--lame",
      description =
          "Ask each name server over the network whether it serves the zone or what is delegated to it.")
  private boolean lame;

  @Option(
      names = "--resolver",
      paramLabel = "ADDRESS:PORT",
      description = "With --lame: who knows the addresses of name servers (default: the system's).")
  private @Nullable String resolver;

  @Option(
      names = "--name-server-port",
      paramLabel = "PORT",
      description = "With --lame: the port of name servers (default: ${DEFAULT-VALUE}).")
  private int nameServerPort = 53;

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /** A finding, as JSON. */
  @Json
  record FindingView(
      String severity,
      String code,
      @Nullable String owner,
      @Nullable String file,
      @Nullable Integer line,
      @Nullable Integer column,
      String message) {}

  /** All findings, as JSON. */
  @Json
  record CheckView(
      String zone,
      @Nullable Long serial,
      int names,
      long errors,
      long warnings,
      long notices,
      List<FindingView> findings) {}

  @Override
  public Integer call() throws ConfigurationException, RemoteException {
    InetSocketAddress asked =
        resolver == null ? null : SocketAddressText.parse("--resolver", resolver);
    Name served = servedName();
    ZoneTextSource source;
    Name apex;
    if (served == null) {
      ZoneFile zoneFile = ZoneFile.open("FILE", Path.of(subject));
      source = zoneFile.source();
      apex = zoneFile.apex(origin);
    } else {
      source = served();
      apex = served;
    }
    ZoneCheck check;
    long octets = source.octets().length;
    try (var progress = new ProgressLine(spec.commandLine().getErr(), "reading", octets)) {
      check = ZoneCheck.of(apex, source, progress);
    }
    Zone zone = check.zone();
    if (lame && zone != null) {
      var all = new ArrayList<>(check.findings());
      all.addAll(new LameDelegations(zone, asked, nameServerPort).findings());
      check = new ZoneCheck(zone, all);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (server.json()) {
      out.println(ServerOptions.write(view(apex, check)));
    } else {
      print(out, apex, check);
    }
    out.flush();
    boolean bad = check.count(Severity.ERROR) > 0 || (strict && check.count(Severity.WARNING) > 0);
    return bad ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** The zone that is meant, if no file is: a name that is no path, for which there is no file. */
  private @Nullable Name servedName() throws ConfigurationException {
    boolean isPath = subject.contains("/") || subject.contains(File.separator);
    return isPath || Files.exists(Path.of(subject)) ? null : ZoneFile.name("FILE", subject);
  }

  /** The zone as the server exports it. */
  private ZoneTextSource served() throws ConfigurationException, RemoteException {
    if (origin != null) {
      throw new ConfigurationException(
          "--origin: is for files, and there is no file %s".formatted(subject));
    }
    var text = new ByteArrayOutputStream();
    try (var connection = server.connect()) {
      connection.getText("zones/" + ServerConnection.segment(subject) + "/text", text);
    } catch (RemoteException e) {
      throw e.after("there is no file %s, so it was taken for a zone's name".formatted(subject));
    }
    return new ZoneTextSource(subject, text.toByteArray(), ZoneTextSource.Includes.REFUSED);
  }

  private static CheckView view(Name apex, ZoneCheck check) {
    Zone zone = check.zone();
    return new CheckView(
        apex.toString(true),
        zone == null ? null : zone.serial(),
        zone == null ? 0 : zone.nameCount(),
        check.count(Severity.ERROR),
        check.count(Severity.WARNING),
        check.count(Severity.NOTICE),
        check.findings().stream().map(ZoneCheckCommand::view).toList());
  }

  private static FindingView view(Finding finding) {
    Place place = finding.place();
    Name owner = finding.owner();
    return new FindingView(
        word(finding.severity()),
        finding.code(),
        owner == null ? null : owner.toString(),
        place == null ? null : place.file(),
        place == null ? null : place.line(),
        place == null ? null : place.column(),
        finding.message());
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private void print(PrintWriter out, Name apex, ZoneCheck check) {
    for (Finding finding : check.findings()) {
      Place place = finding.place();
      out.printf(
          "%s: %s: %s [%s]%n",
          place == null ? subject : place,
          word(finding.severity()),
          finding.message(),
          finding.code());
    }
    Zone zone = check.zone();
    out.printf(
        "Zone %s%s: %d errors, %d warnings, %d notices.%n",
        apex.toString(true),
        zone == null ? "" : ", serial %d, %d names".formatted(zone.serial(), zone.nameCount()),
        check.count(Severity.ERROR),
        check.count(Severity.WARNING),
        check.count(Severity.NOTICE));
  }
}
