package net.homeport.web.api;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.homeport.registry.truth.AddressClass;
import net.homeport.registry.truth.AddressTruth;
import net.homeport.registry.truth.TruthPolicy;
import net.homeport.registry.truth.TruthPolicy.SourceMatch;
import net.homeport.registry.truth.TruthPolicy.Treatment;
import net.homeport.web.api.LivenessModel.TruthSaid;
import net.homeport.web.api.LivenessModel.TruthView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * {@code /api/v1/truth}: what is done with addresses; in one zone as {@code truth/ZONE}, in all as
 * {@code truth/all}.
 */
public final class TruthResource implements ApiResource {
  private static final String INHERIT = "inherit";

  private final AddressTruth truth;

  public TruthResource(AddressTruth truth) {
    this.truth = truth;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation()) {
        case "GET truth/{name}" -> ApiResult.ok(view(zone(request.name())));
        case "PUT truth/{name}" -> say(zone(request.name()), request.body(TruthSaid.class));
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  private static Name zone(String text) {
    if (text.equals("all")) {
      return Name.root;
    }
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
    return name;
  }

  private ApiResult say(Name zone, TruthSaid wanted) {
    TruthPolicy before = truth.said(zone);
    Map<AddressClass, Treatment> treatments = new EnumMap<>(AddressClass.class);
    treatments.putAll(before.treatments());
    Map<String, String> texts = Objects.requireNonNullElse(wanted.treatments(), Map.of());
    texts.forEach((kindText, text) -> {
      AddressClass kind = AddressClass.parse(kindText);
      if (kind == null) {
        throw new IllegalArgumentException(
            "'%s' is not a class of addresses such as private, cgnat or loopback"
                .formatted(kindText));
      }
      if (text.equalsIgnoreCase(INHERIT)) {
        treatments.remove(kind);
      } else {
        treatments.put(kind, TruthPolicy.word(Treatment.class, text));
      }
    });
    SourceMatch source = before.source();
    String sourceText = wanted.source();
    if (sourceText != null) {
      source =
          sourceText.equalsIgnoreCase(INHERIT)
              ? null
              : TruthPolicy.word(SourceMatch.class, sourceText);
    }
    truth.say(zone, new TruthPolicy(treatments, source));
    return ApiResult.ok(view(zone));
  }

  private TruthView view(Name zone) {
    TruthPolicy policy = truth.policy(zone);
    Map<String, String> treatments = new TreeMap<>();
    for (AddressClass kind : AddressClass.values()) {
      treatments.put(kind.text(), lower(policy.treatment(kind)));
    }
    return new TruthView(
        zone.equals(Name.root) ? "." : ApiNames.text(zone),
        treatments,
        lower(Objects.requireNonNull(policy.source())));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
