package net.homeport.web.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.naming.NameRules;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.HostRelease;
import net.homeport.registry.restriction.PolicyScope;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.SetValue;
import net.homeport.web.api.RestrictionModel.NameListView;
import net.homeport.web.api.RestrictionModel.NewSetting;
import net.homeport.web.api.RestrictionModel.PolicyView;
import net.homeport.web.api.RestrictionModel.SettingView;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * {@code /api/v1/policies}: what is set for hosts, zones and by default; {@code
 * /policies/names/...}: the lists of reserved names and of brands.
 */
public final class PolicyResource implements ApiResource {
  private final HostPolicies policies;
  private final HostRegistry hosts;
  private final NameRules names;
  private final HostRelease release;

  public PolicyResource(
      HostPolicies policies, HostRegistry hosts, NameRules names, HostRelease release) {
    this.release = release;
    this.policies = policies;
    this.hosts = hosts;
    this.names = names;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    try {
      return switch (request.operation()) {
        case "GET policies" -> show(request.parameter("host"), request.parameter("zone"));
        case "POST policies" -> set(request.body(NewSetting.class), request);
        case "DELETE policies/{name}" -> unset(request);
        case "GET policies/{name}/list" -> list(kind(request.name()));
        case "PUT policies/{name}/list" -> replace(kind(request.name()), text(request.octets()));
        case "DELETE policies/{name}/list" -> replace(kind(request.name()), null);
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return ApiResult.problem(
          HttpStatus.BAD_REQUEST_400, "not as expected", String.valueOf(e.getMessage()));
    }
  }

  private static Name name(String text) {
    Name name = ApiNames.parse(text);
    if (name == null) {
      throw new IllegalArgumentException("'%s' is not a domain name".formatted(text));
    }
    return name;
  }

  private static PolicyScope scope(@Nullable String host, @Nullable String zone) {
    if (host != null && zone != null) {
      throw new IllegalArgumentException("say a host or a zone, not both");
    }
    if (host != null) {
      return new PolicyScope.OfHost(name(host));
    }
    return zone == null ? new PolicyScope.Everywhere() : new PolicyScope.OfZone(name(zone));
  }

  private @Nullable ApiResult unknown(PolicyScope scope) {
    return scope instanceof PolicyScope.OfHost of && hosts.host(of.host()) == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "no such host",
            "this server has no host '%s'; 'homeport host list' shows those it has"
                .formatted(ApiNames.text(of.host())))
        : null;
  }

  private ApiResult show(@Nullable String host, @Nullable String zone) {
    PolicyScope scope = scope(host, zone);
    ApiResult unknown = unknown(scope);
    return unknown == null ? ApiResult.ok(view(scope)) : unknown;
  }

  private PolicyView view(PolicyScope scope) {
    var views = new ArrayList<SettingView>();
    switch (scope) {
      case PolicyScope.Everywhere _ -> {
        for (PolicyScope each : policies.scopes()) {
          policies.policy(each).list().forEach(value -> views.add(view(value.setting(), value)));
        }
        return new PolicyView(null, views);
      }
      case PolicyScope.OfZone of -> {
        for (PolicySetting<?> setting : PolicySetting.ALL) {
          views.add(view(setting, policies.effective(of.zone(), setting)));
        }
        return new PolicyView(ApiNames.text(of.zone()), views);
      }
      case PolicyScope.OfHost of -> {
        Host known = hosts.host(of.host());
        for (PolicySetting<?> setting : PolicySetting.ALL) {
          if (known != null && setting.isPerHost()) {
            views.add(view(setting, policies.effective(known, setting)));
          }
        }
        return new PolicyView(ApiNames.text(of.host()), views);
      }
    }
  }

  private static SettingView view(PolicySetting<?> setting, @Nullable SetValue<?> value) {
    if (value == null) {
      return new SettingView(
          setting.name(), null, null, null, null, null, setting.form(), setting.meaning());
    }
    return new SettingView(
        setting.name(),
        value.text(),
        switch (value.scope()) {
          case PolicyScope.Everywhere _ -> "default";
          case PolicyScope.OfZone _ -> "zone";
          case PolicyScope.OfHost _ -> "host";
        },
        switch (value.scope()) {
          case PolicyScope.Everywhere _ -> null;
          case PolicyScope.OfZone of -> ApiNames.text(of.zone());
          case PolicyScope.OfHost of -> ApiNames.text(of.host());
        },
        value.setBy(),
        value.setAt().toString(),
        setting.form(),
        setting.meaning());
  }

  private static PolicySetting<?> setting(@Nullable String name) {
    PolicySetting<?> setting = name == null ? null : PolicySetting.named(name);
    if (setting == null) {
      throw new IllegalArgumentException(
          "'%s' is not a setting; there are %s"
              .formatted(
                  name,
                  String.join(", ", PolicySetting.ALL.stream().map(PolicySetting::name).toList())));
    }
    return setting;
  }

  private ApiResult set(NewSetting wanted, ApiRequest request) {
    PolicyScope scope = scope(wanted.host(), wanted.zone());
    PolicySetting<?> setting = setting(wanted.setting());
    String value = wanted.value();
    if (value == null) {
      throw new IllegalArgumentException("say a 'value': " + setting.form());
    }
    ApiResult unknown = unknown(scope);
    if (unknown != null) {
      return unknown;
    }
    SetValue<?> set =
        policies.set(scope, setting, value, request.actor().actor(), request.actor().at());
    release(setting);
    return ApiResult.ok(view(setting, set));
  }

  private ApiResult unset(ApiRequest request) {
    PolicyScope scope = scope(request.parameter("host"), request.parameter("zone"));
    PolicySetting<?> setting = setting(request.name());
    SetValue<?> was = policies.unset(scope, setting);
    release(setting);
    return was == null
        ? ApiResult.problem(
            HttpStatus.NOT_FOUND_404,
            "not set",
            "%s is not set %s; 'homeport policy show' shows what is set where"
                .formatted(setting, scope.words()))
        : ApiResult.ok(view(setting, was));
  }

  /** Whoever waited for an approval may wait no more. */
  private void release(PolicySetting<?> changed) {
    if (changed.equals(PolicySetting.APPROVAL)) {
      release.releaseFree();
    }
  }

  private static NameRules.Kind kind(String text) {
    NameRules.Kind kind = NameRules.Kind.of(text);
    if (kind == null) {
      throw new IllegalArgumentException(
          "'%s' is not a list of names; there are reserved and brands".formatted(text));
    }
    return kind;
  }

  private static String text(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the list is not text in UTF-8", e);
    }
  }

  private ApiResult list(NameRules.Kind kind) {
    return ApiResult.ok(new NameListView(kind.text(), names.isBrought(kind), names.text(kind)));
  }

  private ApiResult replace(NameRules.Kind kind, @Nullable String text) {
    names.replace(kind, text);
    return list(kind);
  }
}
