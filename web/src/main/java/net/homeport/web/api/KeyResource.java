package net.homeport.web.api;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.key.HmacAlgorithm;
import net.homeport.registry.key.KeyChange;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.KeySecret;
import net.homeport.registry.key.NewKey;
import net.homeport.registry.key.SharedSecret;
import net.homeport.registry.key.UpdateKey;
import net.homeport.registry.policy.RuleText;
import net.homeport.registry.policy.UpdateRule;
import net.homeport.web.api.ApiModel.RemovedView;
import net.homeport.web.api.KeyModel.KeyAdded;
import net.homeport.web.api.KeyModel.KeyList;
import net.homeport.web.api.KeyModel.KeyView;
import net.homeport.web.api.KeyModel.NewRule;
import net.homeport.web.api.KeyModel.NewUpdateKey;
import net.homeport.web.api.KeyModel.Rotation;
import net.homeport.web.api.KeyModel.RuleView;
import net.homeport.web.api.KeyModel.SecretView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** {@code /api/v1/keys}. */
public final class KeyResource implements ApiResource {
  private final KeyRegistry registry;

  public KeyResource(KeyRegistry registry) {
    this.registry = registry;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    String name = request.name();
    try {
      return switch (request.operation()) {
        case "GET keys" ->
            ApiResult.ok(new KeyList(registry.keys().stream().map(KeyResource::view).toList()));
        case "POST keys" -> add(request.body(NewUpdateKey.class));
        case "GET keys/{name}" -> get(name);
        case "DELETE keys/{name}" -> removed(registry.remove(name(name)));
        case "POST keys/{name}/rotate" -> rotate(name(name), request.body(Rotation.class));
        case "POST keys/{name}/disable" -> changed(registry.disable(name(name), true));
        case "POST keys/{name}/enable" -> changed(registry.disable(name(name), false));
        case "POST keys/{name}/rules" ->
            changed(registry.addRule(name(name), rule(request.body(NewRule.class).rule())));
        case "DELETE keys/{name}/rules" ->
            changed(registry.removeRule(name(name), number(request.parameter("number"))));
        default -> null;
      };
    } catch (WordsException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  /** What was sent makes no sense; the message says why. */
  private static final class WordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WordsException(String message) {
      super(message);
    }
  }

  private static Name name(@Nullable String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new WordsException(
          "'%s' is not the name of a key: labels of 1 to 63 octets separated by dots, 255 octets in all"
              .formatted(text == null ? "" : text));
    }
    return name;
  }

  private static int number(@Nullable String text) {
    try {
      return Integer.parseInt(String.valueOf(text));
    } catch (NumberFormatException _) {
      throw new WordsException("'%s' is not the number of a rule".formatted(text));
    }
  }

  private static UpdateRule rule(@Nullable String text) {
    try {
      return RuleText.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new WordsException(String.valueOf(e.getMessage()));
    }
  }

  private ApiResult get(String text) {
    Name name = name(text);
    UpdateKey key = registry.key(name);
    return key == null ? noSuchKey(name) : ApiResult.ok(view(key));
  }

  private ApiResult add(NewUpdateKey wanted) {
    Name name = name(wanted.name());
    List<String> texts = wanted.rules();
    var rules = new ArrayList<UpdateRule>();
    for (String text : texts == null ? List.<String>of() : texts) {
      rules.add(rule(text));
    }
    String comment = wanted.comment();
    return added(
        registry.add(
            new NewKey(name, material(name, wanted), comment == null ? "" : comment, rules)),
        true);
  }

  private static NewKey.Material material(Name name, NewUpdateKey wanted) {
    String publicKey = wanted.publicKey();
    if (publicKey != null) {
      if (wanted.algorithm() != null || wanted.secret() != null) {
        throw new WordsException(
            "a public key (SIG(0)) has its algorithm within it, and no secret; leave both out");
      }
      return new NewKey.Material.PublicHalf(publicHalf(name, publicKey));
    }
    String algorithm = wanted.algorithm();
    return new NewKey.Material.Shared(
        algorithm == null ? HmacAlgorithm.HMAC_SHA256 : algorithm(algorithm),
        secret(wanted.secret()),
        wanted.allowMd5());
  }

  private static HmacAlgorithm algorithm(String text) {
    return HmacAlgorithm.of(text)
        .orElseThrow(() ->
            new WordsException(
                "'%s' is no algorithm known here; there are %s"
                    .formatted(text, HmacAlgorithm.all())));
  }

  private static @Nullable SharedSecret secret(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    SharedSecret secret = SharedSecret.ofBase64(base64);
    if (secret == null) {
      throw new WordsException("the secret is not Base64 (RFC 4648), as key files have it");
    }
    return secret;
  }

  private static KEYRecord publicHalf(Name name, String rdata) {
    try {
      if (Record.fromString(name, Type.KEY, DClass.IN, 0, rdata, Name.root)
          instanceof KEYRecord key) {
        return key;
      }
    } catch (IOException | IllegalArgumentException _) {
      // Told below.
    }
    throw new WordsException(
        "the public key is not the data of a KEY record, such as '512 3 15 BASE64'; 'dnssec-keygen -T KEY -a ED25519 -n HOST NAME' makes one");
  }

  private ApiResult rotate(Name name, Rotation wanted) {
    Duration overlap;
    try {
      overlap = Duration.ofSeconds(wanted.overlapSeconds());
    } catch (ArithmeticException | DateTimeException _) {
      overlap = Duration.ofSeconds(-1);
    }
    return added(registry.rotate(name, overlap, secret(wanted.secret())), false);
  }

  private static ApiResult added(KeyChange change, boolean created) {
    if (change instanceof KeyChange.Done done) {
      KeySecret secret = done.secret();
      var body = new KeyAdded(view(done.key()), secret == null ? null : secret.value().base64());
      return created ? ApiResult.created(body) : ApiResult.ok(body);
    }
    return changed(change);
  }

  private static ApiResult removed(KeyChange change) {
    return change instanceof KeyChange.Done done
        ? ApiResult.ok(new RemovedView(ApiNames.text(done.key().name())))
        : changed(change);
  }

  private static ApiResult changed(KeyChange change) {
    return switch (change) {
      case KeyChange.Done done -> ApiResult.ok(view(done.key()));
      case KeyChange.AlreadyThere there ->
          ApiResult.problem(
              HttpStatus.CONFLICT_409,
              "the key exists",
              "the key '%s' was added on %s; 'homeport key rotate' gives it another secret"
                  .formatted(ApiNames.text(there.key().name()), there.key().createdAt()));
      case KeyChange.NoSuchKey no -> noSuchKey(no.name());
      case KeyChange.NoSuchRule no ->
          ApiResult.problem(
              HttpStatus.NOT_FOUND_404,
              "no such rule",
              "the key '%s' has no rule %d; 'homeport key show' lists those it has"
                  .formatted(ApiNames.text(no.key().name()), no.number()));
      case KeyChange.Refused refused ->
          ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not possible", refused.why());
    };
  }

  static ApiResult noSuchKey(Name name) {
    return ApiResult.problem(
        HttpStatus.NOT_FOUND_404,
        "no such key",
        "this server has no key '%s'; 'homeport key list' shows those it has"
            .formatted(ApiNames.text(name)));
  }

  private static KeyView view(UpdateKey key) {
    List<SecretView> secrets = List.of();
    String publicKey = null;
    String algorithm = "sig0";
    switch (key.material()) {
      case UpdateKey.Material.Shared shared -> {
        algorithm = shared.algorithm().text();
        secrets = shared.secrets().stream().map(KeyResource::view).toList();
      }
      case UpdateKey.Material.PublicHalf half -> publicKey = half.key().rdataToString();
    }
    return new KeyView(
        ApiNames.text(key.name()),
        algorithm,
        key.comment(),
        key.createdAt().toString(),
        key.disabled(),
        secrets,
        publicKey,
        key.rules().entrySet().stream()
            .map(rule -> new RuleView(rule.getKey(), rule.getValue().toString()))
            .toList());
  }

  private static SecretView view(KeySecret secret) {
    Instant until = secret.validUntil();
    return new SecretView(secret.createdAt().toString(), until == null ? null : until.toString());
  }
}
