package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.web.api.KeyModel.KeyAdded;
import net.homeport.web.api.KeyModel.NewUpdateKey;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport key add}. */
@Command(
    name = "add",
    description = {
      "Adds a key and prints its secret, once, with the configuration of the programs that sign with it.",
      "What it may change is told by a rule: which names, and if need be zone, types, operations. Without one it may change nothing; more rules are added with 'key rule add'."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./homeport key add router1.dyn.example.org --self",
      "  ./homeport key add kea --zone dyn.example.org --subtree dyn.example.org --type A,AAAA,DHCID",
      "  ./homeport key add acme --pattern '_acme-challenge.*.example.org' --type TXT --for certbot",
      "  ./homeport key add old-ddns --secret-file secret.txt --algorithm hmac-sha1 --owner h.example.org",
      "  ./homeport key add cam.example.org --public-key Kcam.example.org.+015+12345.key --self",
    })
final class KeyAddCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The key's name, the same on both sides.")
  private String name = "";

  @Option(
      names = "--algorithm",
      paramLabel = "ALGORITHM",
      description =
          "hmac-sha256 (default), hmac-sha512, hmac-sha384, hmac-sha224, hmac-sha1, hmac-md5.")
  private @Nullable String algorithm;

  @Option(names = "--allow-md5", description = "Really take hmac-md5, for a device without better.")
  private boolean allowMd5;

  @Option(
      names = "--secret",
      paramLabel = "BASE64",
      description =
          "A secret that others have already. Users of this machine can see it in the list of processes; --secret-file hides it.")
  private @Nullable String secret;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file with a secret that others have already; - is standard input.")
  private @Nullable Path secretFile;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "A file with a KEY record: the public half of a SIG(0) key, in place of TSIG.")
  private @Nullable Path publicKey;

  @Option(names = "--comment", paramLabel = "TEXT", description = "A note for people.")
  private @Nullable String comment;

  @Option(
      names = "--for",
      paramLabel = "PROGRAM",
      description =
          "Print the configuration of this program only: bind, nsupdate, knsupdate, certbot, lego, kea.")
  private KeyRecipe.@Nullable Program program;

  @Mixin private RuleFlags rule = new RuleFlags();
  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    String ruleText = rule.rule(Instant.now());
    var wanted =
        new NewUpdateKey(
            name,
            algorithm,
            givenSecret(secret, secretFile),
            allowMd5,
            publicHalf(),
            comment,
            ruleText == null ? List.of() : List.of(ruleText));
    try (var server = options.connect()) {
      String answer = server.post("keys", wanted);
      PrintWriter out = spec.commandLine().getOut();
      if (options.json()) {
        out.print(answer);
      } else {
        KeyAnswers.print(
            out, "added", ServerOptions.read(answer, KeyAdded.class), options, program);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }

  /** The secret that was given, or null. Messages never repeat it. */
  static @Nullable String givenSecret(@Nullable String text, @Nullable Path file)
      throws ConfigurationException {
    if (file == null) {
      return text;
    }
    if (text != null) {
      throw new ConfigurationException("--secret and --secret-file are two ways to say one thing");
    }
    try {
      byte[] octets =
          file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
      return new String(octets, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new ConfigurationException(
          "--secret-file: cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  private @Nullable String publicHalf() throws ConfigurationException {
    Path file = publicKey;
    if (file == null) {
      return null;
    }
    Record found = null;
    try (var master = new Master(file.toString(), Name.root, 0)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        if (next.getType() == Type.KEY) {
          found = next;
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "--public-key: cannot read %s: %s".formatted(file, e.getMessage()));
    }
    if (found == null) {
      throw new ConfigurationException(
          "--public-key: %s has no KEY record; 'dnssec-keygen -T KEY -a ED25519 -n HOST %s' makes one"
              .formatted(file, name));
    }
    if (!(found.getName().toString(true) + ".").equalsIgnoreCase(name.replaceAll("\\.?$", "."))) {
      throw new ConfigurationException(
          "--public-key: the KEY record in %s is that of %s, not of %s; both sides use one name"
              .formatted(file, found.getName().toString(true), name));
    }
    return found.rdataToString();
  }
}
