package net.homeport.app.command;

import java.io.PrintWriter;
import net.homeport.app.remote.ServerConnection;
import net.homeport.web.api.KeyModel.KeyAdded;
import net.homeport.web.api.KeyModel.KeyView;
import net.homeport.web.api.KeyModel.RuleView;
import net.homeport.web.api.KeyModel.SecretView;
import org.jspecify.annotations.Nullable;

/** Keys as a person reads them. */
final class KeyAnswers {
  private KeyAnswers() {}

  static void print(PrintWriter out, KeyView key) {
    out.println(key.name());
    out.printf("  algorithm  %s%n", key.algorithm());
    if (!key.comment().isEmpty()) {
      out.printf("  comment    %s%n", key.comment());
    }
    out.printf("  added      %s%n", key.createdAt());
    if (key.disabled()) {
      out.println("  disabled   its signatures are refused");
    }
    if (key.publicKey() != null) {
      out.printf("  KEY        %s%n", key.publicKey());
    }
    for (SecretView secret : key.secrets()) {
      String until = secret.validUntil();
      out.printf(
          "  secret     made %s%s%n", secret.createdAt(), until == null ? "" : ", ends " + until);
    }
    for (RuleView rule : key.rules()) {
      out.printf("  rule %-5d %s%n", rule.number(), rule.rule());
    }
    if (key.rules().isEmpty()) {
      out.println("  no rules   it may change nothing");
    }
  }

  /** A key with its secret, and how programs take it. */
  static void print(
      PrintWriter out,
      String deed,
      KeyAdded added,
      ServerOptions options,
      KeyRecipe.@Nullable Program only) {
    KeyView key = added.key();
    out.printf("Key %s %s.%n%n", key.name(), deed);
    print(out, key);
    String secret = added.secret();
    if (secret != null) {
      String dns =
          ServerConnection.note(options.data())
              .flatMap(note -> note.dns().stream().findFirst())
              .orElse("");
      out.printf("  value      %s   (shown this once)%n%n", secret);
      KeyRecipe.of(key, secret, dns).print(out, only);
    }
    if (key.rules().isEmpty()) {
      out.printf("next:  ./homeport key rule add %s --self%s%n", key.name(), options.dataFlag());
    }
  }
}
