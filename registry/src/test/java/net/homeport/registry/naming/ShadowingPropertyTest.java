package net.homeport.registry.naming;

import static net.homeport.registry.restriction.Premises.everywhere;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.HostOwners;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.Premises;
import net.homeport.zone.LookupResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Threat 19: whatever one adds and updates, the names of others resolve exactly as before. */
final class ShadowingPropertyTest {
  private static final int STEPS = 2_500;
  private static final String[] LABELS = {"a", "b", "c", "A", "*", "www", "xn--80aswg", "_tcp"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void namesOfOthersResolveAsBefore(long seed) {
    var random = new SplittableRandom(seed);
    try (var house = new House("home.test.\nfixed A 192.0.2.200\n*.any A 192.0.2.201\n")) {
      var names = new MemoryNameStore();
      var settings = new MemoryPolicyStore();
      var rules = new NameRules(names, new HostPolicies(settings));
      var premises = new Premises(house, settings, List.of(rules), List.of());
      var quarantine =
          new Quarantine(names, premises.policies, HostOwners.ADMINISTRATOR, house.clock);
      assertThat(quarantine.tombstones()).isEmpty();
      premises.set(everywhere(), PolicySetting.CHANGE_BUDGET, "unlimited");
      Map<String, String> victims = new TreeMap<>();
      for (int i = 0; i < 40; i++) {
        String name = randomName(random);
        if (premises.add(name, new NameClaim(2, random.nextBoolean(), false))
            instanceof HostAddition.Added added) {
          String secret = String.valueOf(added.secret());
          victims.put(name, secret);
          // Some of them are silent: nobody may answer in their place.
          if (i % 3 != 0) {
            premises.update(name, secret, "192.0.2." + (i + 1));
          }
        }
      }
      Map<String, String> before = answers(premises, victims);
      List<String> own = new ArrayList<>();
      String ownSecret = premises.host("intruder.home.test.");
      for (int step = 0; step < STEPS; step++) {
        String name = randomName(random);
        switch (random.nextInt(3)) {
          case 0 -> {
            if (premises.hosts.addTo(
                    "intruder.home.test",
                    Premises.name(name),
                    60,
                    new NameClaim(3, random.nextBoolean(), false))
                instanceof HostAddition.Added) {
              own.add(name);
            }
          }
          case 1 -> premises.update(name, ownSecret, "203.0.113." + random.nextInt(1, 255));
          default -> {
            if (!own.isEmpty()) {
              String mine = own.get(random.nextInt(own.size()));
              premises.update(mine, ownSecret, "203.0.113." + random.nextInt(1, 255));
            }
          }
        }
        if (step % 100 == 0 || step == STEPS - 1) {
          assertThat(answers(premises, victims))
              .as("seed %d, step %d", seed, step)
              .isEqualTo(before);
        }
      }
      assertThat(own).as("the intruder had hosts of their own").isNotEmpty();
    }
  }

  private static String randomName(SplittableRandom random) {
    var name = new StringBuilder();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      name.append(LABELS[random.nextInt(LABELS.length)]).append('.');
    }
    return name + "home.test.";
  }

  private static Map<String, String> answers(Premises premises, Map<String, String> victims) {
    Map<String, String> answers = new TreeMap<>();
    for (String victim : victims.keySet()) {
      Name name = Premises.name(victim);
      answers.put(
          victim,
          switch (premises.house.writer.snapshot().lookup(name, Type.A)) {
            case LookupResult.Answer answer -> answer.rrset().records(name).toString();
            case LookupResult.NoData _, LookupResult.NameError _ -> "none";
            default -> "something else";
          });
    }
    return answers;
  }
}
