package net.homeport.app.command;

import java.time.Instant;
import net.homeport.app.config.ConfigurationException;
import net.homeport.web.api.KeyModel.NewRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code homeport key rule}. */
@Command(
    name = "rule",
    description = "Adds and removes rules of a key: what it may change.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {KeyRuleCommand.Add.class, KeyRuleCommand.Remove.class},
    footerHeading = "%nExample:%n",
    footer = "  ./homeport key rule add kea --subtree dyn.example.org --type A,AAAA,DHCID")
final class KeyRuleCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with rules: add or remove");
  }

  /** {@code homeport key rule add}. */
  @Command(
      name = "add",
      description = "Adds a rule. What no rule of a key allows is denied.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./homeport key rule add kea --zone dyn.example.org --subtree dyn.example.org --type A,AAAA,DHCID",
        "  ./homeport key rule add acme --owner _acme-challenge.example.org --type TXT --expires 90d",
      })
  static final class Add extends KeyCommand.OfOneKey {
    @Mixin private RuleFlags rule = new RuleFlags();

    @Override
    KeyCommand.Question question() throws ConfigurationException {
      String text = rule.rule(Instant.now());
      if (text == null) {
        throw new ConfigurationException(
            "the rule says no names: give --owner, --subtree, --pattern, --self or --self-subtree");
      }
      return server -> server.post(KeyCommand.resource(name()) + "/rules", new NewRule(text));
    }
  }

  /** {@code homeport key rule remove}. */
  @Command(
      name = "remove",
      description = "Removes a rule; the others keep their numbers.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./homeport key rule remove kea 2")
  static final class Remove extends KeyCommand.OfOneKey {
    @Parameters(
        index = "1",
        paramLabel = "NUMBER",
        description = "The rule's number, as 'key show' has it.")
    private int number;

    @Override
    KeyCommand.Question question() {
      return server -> server.delete(KeyCommand.resource(name()) + "/rules?number=" + number);
    }
  }
}
