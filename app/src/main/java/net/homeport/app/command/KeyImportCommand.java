package net.homeport.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.homeport.app.config.ConfigurationException;
import net.homeport.app.remote.RemoteException;
import net.homeport.registry.key.BindKeyFile;
import net.homeport.web.api.KeyModel.KeyAdded;
import net.homeport.web.api.KeyModel.KeyList;
import net.homeport.web.api.KeyModel.KeyView;
import net.homeport.web.api.KeyModel.NewUpdateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport key import}. */
@Command(
    name = "import",
    description = {
      "Adds the keys of a BIND configuration or key file, with their secrets, so that clients go on as they are.",
      "The flags of a rule are for each of them; BIND's update-policy is not read. It stops at the first key that cannot be added."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./homeport key import /etc/bind/ddns.key --subtree dyn.example.org")
final class KeyImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "A file with statements: key \"NAME\" { algorithm ...; secret ...; };")
  private Path file = Path.of("");

  @Option(names = "--allow-md5", description = "Really take keys for hmac-md5.")
  private boolean allowMd5;

  @Mixin private RuleFlags rule = new RuleFlags();
  @Mixin private ServerOptions options = new ServerOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RemoteException, ConfigurationException {
    String text = rule.rule(Instant.now());
    List<BindKeyFile.Statement> keys;
    try {
      keys = BindKeyFile.parse(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigurationException("cannot read %s: %s".formatted(file, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s: %s".formatted(file, e.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    var added = new ArrayList<KeyView>();
    try (var server = options.connect()) {
      for (BindKeyFile.Statement key : keys) {
        var wanted =
            new NewUpdateKey(
                key.name().toString(true),
                key.algorithm().text(),
                key.secret().base64(),
                allowMd5,
                null,
                "from " + file.getFileName(),
                text == null ? List.of() : List.of(text));
        added.add(ServerOptions.read(server.post("keys", wanted), KeyAdded.class).key());
        if (!options.json()) {
          KeyAnswers.print(out, added.getLast());
          out.flush();
        }
      }
    }
    if (options.json()) {
      out.println(ServerOptions.write(new KeyList(added)));
    } else {
      out.printf("%d keys added from %s.%n", added.size(), file);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
