package net.homeport.app.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.homeport.web.api.CredentialModel.CredentialAdded;
import net.homeport.web.api.CredentialModel.CredentialSecretView;
import net.homeport.web.api.CredentialModel.CredentialView;
import net.homeport.web.api.CredentialModel.ScopeView;
import org.jspecify.annotations.Nullable;

/** Credentials as a person reads them. */
final class CredentialAnswers {
  private CredentialAnswers() {}

  static void print(PrintWriter out, CredentialView credential) {
    ScopeView scope = credential.scope();
    out.println(credential.username());
    if (!credential.comment().isEmpty()) {
      out.printf("  comment    %s%n", credential.comment());
    }
    out.printf("  may change %s%n", hosts(scope));
    out.printf("  records    %s%n", types(scope));
    bound(out, "doors", scope.frontDoors());
    bound(out, "from", scope.networks());
    if (scope.requiresTls()) {
      out.println("  TLS        its secret is not taken in clear");
    }
    if (scope.expiresAt() != null) {
      out.printf("  expires    %s%n", scope.expiresAt());
    }
    Long unused = scope.unusedExpirySeconds();
    if (unused != null) {
      out.printf("  unused     ends after %s%n", span(unused));
    }
    if (credential.disabled()) {
      out.println("  disabled   it is not taken");
    }
    out.printf("  made       %s%n", credential.createdAt());
    String used = credential.lastUsedAt();
    out.printf("  last used  %s%n", used == null ? "never" : used);
    secrets(out, "secret", credential.secrets());
    secrets(out, "signing", credential.signing());
  }

  private static String span(long seconds) {
    Duration span = Duration.ofSeconds(seconds);
    return span.toDays() > 1 ? span.toDays() + " days" : span.toHours() + " hours";
  }

  private static void bound(PrintWriter out, String what, @Nullable List<String> list) {
    if (list != null && !list.isEmpty()) {
      out.printf("  %-9s  %s%n", what, String.join(", ", list));
    }
  }

  private static void secrets(PrintWriter out, String what, List<CredentialSecretView> secrets) {
    for (CredentialSecretView secret : secrets) {
      String until = secret.validUntil();
      out.printf(
          "  %-9s  made %s%s%n", what, secret.createdAt(), until == null ? "" : ", ends " + until);
    }
  }

  /** Which hosts, in words. */
  static String hosts(ScopeView scope) {
    var words = new ArrayList<String>();
    if (scope.hosts() != null) {
      words.addAll(scope.hosts());
    }
    if (scope.subtrees() != null) {
      scope.subtrees().forEach(name -> words.add("all below " + name));
    }
    if (scope.site() != null) {
      words.add("the site " + scope.site());
    }
    return words.isEmpty() ? "the hosts that were added with it" : String.join(", ", words);
  }

  private static String types(ScopeView scope) {
    List<String> types = scope.types();
    if (types == null) {
      return "all types that devices change";
    }
    return types.isEmpty() ? "none: it changes nothing" : String.join(", ", types);
  }

  /** A credential with secrets that were made. */
  static void print(PrintWriter out, String deed, CredentialAdded added) {
    out.printf("Credential %s %s.%n%n", added.credential().username(), deed);
    print(out, added.credential());
    if (added.secret() != null) {
      out.printf("%n  user name  %s%n", added.credential().username());
      out.printf("  password   %s   (shown this once)%n", added.secret());
    }
    if (added.signingSecret() != null) {
      out.printf("%n  hp-id      %s%n", added.credential().username());
      out.printf("  signs with %s   (shown this once)%n", added.signingSecret());
    }
  }
}
