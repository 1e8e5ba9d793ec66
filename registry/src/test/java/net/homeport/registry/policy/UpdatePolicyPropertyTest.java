package net.homeport.registry.policy;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.homeport.registry.House;
import net.homeport.registry.policy.UpdateRule.Operation;
import net.homeport.registry.update.DnsUpdates;
import net.homeport.testkit.RandomDns;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.UpdateOperation;
import net.homeport.zone.update.UpdateOperation.AddRecord;
import net.homeport.zone.update.UpdateOperation.DeleteName;
import net.homeport.zone.update.UpdateOperation.DeleteRecord;
import net.homeport.zone.update.UpdateOperation.DeleteRrset;
import net.homeport.zone.writer.UpdateDoor.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Random rules and random updates against a real zone: whatever changes was allowed by a rule, told
 * here by a second, plainer reading of the rules.
 */
final class UpdatePolicyPropertyTest {
  private static final Name APEX = name("dyn.test.");
  private static final Name KEY = name("a.dyn.test.");
  private static final List<Integer> TYPES = List.of(Type.A, Type.TXT, Type.MX, Type.CNAME);
  private static final int ROUNDS = 3000;

  private final RandomDns random = new RandomDns(20261121);

  private record Change(Name owner, int type, Set<Operation> kinds) {}

  @Test
  void whateverChangesWasExplicitlyAllowed() throws Exception {
    int changed = 0;
    int denied = 0;
    var requestor =
        new Requestor(
            new Requestor.Proof.SharedKey(KEY),
            InetAddress.ofLiteral("192.0.2.7"),
            Requestor.Carrier.UDP);
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<Integer, UpdateRule> rules = rules();
      try (var house =
          new House("dyn.test\na A 192.0.2.1\nb TXT t\nc.b MX 1 x\n* A 192.0.2.9\nwww CNAME a\n")) {
        var policy = new UpdatePolicy(_ -> new Grant(KEY, false, rules), house.clock);
        var updates = new DnsUpdates(policy, house.writer, house.clock);
        Zone before = zone(house);
        List<UpdateOperation> operations = operations();
        Decision decision =
            updates.propose(new ProposedUpdate(APEX, List.of(), operations), requestor).join();
        List<Change> changes = changes(before, zone(house));
        for (Change change : changes) {
          assertThat(rules.values().stream().anyMatch(rule -> allows(rule, change)))
              .as("%s by %s under %s", change, operations, rules)
              .isTrue();
        }
        if (decision instanceof Decision.NotAllowed) {
          assertThat(changes).isEmpty();
          denied++;
        }
        changed += changes.isEmpty() ? 0 : 1;
      }
    }
    assertThat(changed).as("the property is not true of nothing").isGreaterThan(ROUNDS / 20);
    assertThat(denied).isGreaterThan(ROUNDS / 20);
  }

  private static Zone zone(House house) {
    return Objects.requireNonNull(house.writer.snapshot().zone(APEX));
  }

  private SortedMap<Integer, UpdateRule> rules() {
    SortedMap<Integer, UpdateRule> rules = new TreeMap<>();
    for (int number = 1; number <= 1 + random.random().nextInt(3); number++) {
      Set<Integer> types = new HashSet<>();
      types.add(random.oneOf(TYPES));
      types.add(random.oneOf(TYPES));
      types.add(random.oneOf(TYPES));
      Set<Operation> operations =
          random.oneIn(3) ? EnumSet.of(random.oneOf(List.of(Operation.values()))) : all();
      rules.put(
          number,
          new UpdateRule(
              random.oneIn(4) ? List.of(APEX) : List.of(),
              List.of(owner()),
              types,
              operations,
              !random.oneIn(3),
              List.of(),
              null));
    }
    return rules;
  }

  private static Set<Operation> all() {
    return EnumSet.allOf(Operation.class);
  }

  private OwnerPattern owner() {
    return switch (random.random().nextInt(9)) {
      case 0 -> new OwnerPattern.Exact(random.nameIn(APEX));
      case 1 -> new OwnerPattern.Subtree(random.nameBelow(APEX));
      case 2 -> new OwnerPattern.Subtree(APEX);
      case 3 -> new OwnerPattern.Glob(name(random.oneIn(2) ? "*.dyn.test" : "c*.*.dyn.test"));
      case 4 -> new OwnerPattern.Self();
      case 5 -> new OwnerPattern.SelfSubtree();
      case 6 -> new OwnerPattern.Exact(near());
      default -> new OwnerPattern.Subtree(APEX);
    };
  }

  private List<UpdateOperation> operations() {
    var operations = new ArrayList<UpdateOperation>();
    for (int left = random.random().nextInt(3); left >= 0; left--) {
      Name owner = random.spelledAnew(random.oneIn(2) ? near() : random.nameIn(APEX));
      Record record = random.oneIn(4) ? random.alias(owner, APEX) : random.data(owner);
      operations.add(
          switch (random.random().nextInt(6)) {
            case 0 -> new DeleteName(owner);
            case 1 -> new DeleteRrset(owner, record.getType());
            case 2 -> new DeleteRecord(record);
            default -> new AddRecord(record);
          });
    }
    return operations;
  }

  /** A name at which something stands. */
  private Name near() {
    return name(
        random.oneOf(
            List.of(
                "dyn.test",
                "a.dyn.test",
                "b.dyn.test",
                "c.b.dyn.test",
                "*.dyn.test",
                "www.dyn.test")));
  }

  /** RRsets that are not what they were; the SOA's serial is the writer's. */
  private static List<Change> changes(Zone before, Zone after) {
    var changes = new ArrayList<Change>();
    compare(before, after, changes, false);
    compare(after, before, changes, true);
    return changes;
  }

  private static void compare(Zone one, Zone other, List<Change> changes, boolean onlyNew) {
    one.forEach((owner, rrsets) -> {
      for (Rrset rrset : rrsets) {
        Rrset now = other.rrset(owner, rrset.type());
        boolean concerned =
            rrset.type() != Type.SOA && (onlyNew ? now == null : !Objects.equals(rrset, now));
        if (concerned) {
          changes.add(
              new Change(
                  owner,
                  rrset.type(),
                  onlyNew ? EnumSet.of(Operation.ADD) : kinds(owner, rrset, now)));
        }
      }
    });
  }

  /** What was done for one to become the other. */
  private static Set<Operation> kinds(Name owner, Rrset before, @Nullable Rrset after) {
    Set<Operation> kinds = EnumSet.noneOf(Operation.class);
    List<String> old = rdata(owner, before);
    List<String> now = after == null ? List.of() : rdata(owner, after);
    if (!now.containsAll(old)) {
      kinds.add(Operation.DELETE);
    }
    if (!old.containsAll(now)) {
      kinds.add(Operation.ADD);
    }
    return kinds;
  }

  private static List<String> rdata(Name owner, Rrset rrset) {
    return rrset.records(owner).stream().map(Record::rdataToString).toList();
  }

  /** The rules read once more, by the words of their texts. */
  private static boolean allows(UpdateRule rule, Change change) {
    String owner = change.owner().canonicalize().toString(true);
    boolean covered =
        rule.owners().stream()
            .anyMatch(pattern ->
                switch (pattern) {
                  case OwnerPattern.Exact exact ->
                      owner.equals(exact.name().canonicalize().toString(true));
                  case OwnerPattern.Subtree subtree -> below(owner, subtree.name());
                  case OwnerPattern.Glob glob ->
                      !change.owner().isWild()
                          && owner.matches(
                              glob.pattern()
                                  .toString(true)
                                  .replace(".", "\\.")
                                  .replace("*", "([^.\\\\]|\\\\.)*"));
                  case OwnerPattern.Self _ -> owner.equals(KEY.toString(true));
                  case OwnerPattern.SelfSubtree _ -> below(owner, KEY);
                });
    // One rule may have allowed the deletion and another the addition: each by itself.
    return covered
        && rule.types().contains(change.type())
        && (change.kinds().isEmpty()
            || change.kinds().stream().anyMatch(rule.operations()::contains));
  }

  private static boolean below(String owner, Name top) {
    String end = top.canonicalize().toString(true);
    return !owner.startsWith("*.") && (owner.equals(end) || owner.endsWith("." + end));
  }
}
