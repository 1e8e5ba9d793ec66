package net.homeport.registry.policy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.homeport.registry.policy.UpdateDecision.Allowed;
import net.homeport.registry.policy.UpdateDecision.AllowedOperation;
import net.homeport.registry.policy.UpdateDecision.Denied;
import net.homeport.registry.policy.UpdateDecision.RuleFinding;
import net.homeport.registry.policy.UpdateRule.Change;
import net.homeport.registry.policy.UpdateRule.Operation;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.UpdateOperation;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Decides whether a requestor may make a proposed update (RFC 2136 3.3, RFC 3007). Deny is the
 * default; nothing is allowed to who proves nothing, from whatever address. Thread safe.
 *
 * <p>Prerequisites need no permission: they tell no more than queries, which are open to all. They
 * are evaluated after this, so that who may not change anything costs little.
 */
public final class UpdatePolicy {
  private final Grants grants;
  private final InstantSource clock;

  public UpdatePolicy(Grants grants, InstantSource clock) {
    this.grants = grants;
    this.clock = clock;
  }

  /**
   * Decides.
   *
   * @param snapshot tells which RRsets stand at a name all of which are to be deleted
   */
  public UpdateDecision decide(ProposedUpdate update, Requestor requestor, ZoneSnapshot snapshot) {
    Grant grant = grants.of(requestor.proof());
    if (grant == null || grant.disabled()) {
      return denied(unknown(requestor.proof(), grant != null));
    }
    Instant now = clock.instant();
    SortedMap<Integer, UpdateRule> usable = new TreeMap<>();
    var unusable = new ArrayList<RuleFinding>();
    grant
        .rules()
        .forEach((number, rule) -> {
          String objection = rule.objection(update.zone(), requestor.address(), now);
          if (objection == null) {
            usable.put(number, rule);
          } else {
            unusable.add(new RuleFinding(grant.label(number), objection));
          }
        });
    if (usable.isEmpty()) {
      String why =
          "the key %s has no rule %s"
              .formatted(
                  grant.key().toString(true),
                  grant.rules().isEmpty() ? "at all" : "that can be used here and now");
      return new Denied(null, why, unusable);
    }
    return new Decision(update, grant, usable, unusable).decide(snapshot);
  }

  private static String unknown(Requestor.Proof proof, boolean disabled) {
    return switch (proof) {
      case Requestor.Proof.None _ -> "the update is not signed";
      case Requestor.Proof.SharedKey shared -> unknown("TSIG key " + shared.key(), disabled);
      case Requestor.Proof.PublicKey pub -> unknown("SIG(0) key " + pub.key(), disabled);
    };
  }

  private static String unknown(String key, boolean disabled) {
    return disabled ? "the " + key + " is disabled" : "there is no " + key;
  }

  private static Denied denied(String why) {
    return new Denied(null, why, List.of());
  }

  /** One decision: the rules that can be used, over the operations of one message. */
  private record Decision(
      ProposedUpdate update,
      Grant grant,
      SortedMap<Integer, UpdateRule> rules,
      List<RuleFinding> unusable) {

    /** An operation with the changes that it makes. */
    private record Asked(
        UpdateOperation operation, List<UpdateOperation> performed, List<Change> changes) {}

    UpdateDecision decide(ZoneSnapshot snapshot) {
      Zone zone = snapshot.zone(update.zone());
      var all = new ArrayList<Asked>();
      for (UpdateOperation operation : update.operations()) {
        Asked asked = asked(operation, zone, all);
        for (Change change : asked.changes()) {
          if (find(change, false) == null) {
            return denied(operation, change);
          }
        }
        all.add(asked);
      }
      // One message is evaluated in one way. Where one operation may not touch static records, none
      // does, and the evaluation refuses what would.
      boolean touchesStatic =
          all.stream()
              .flatMap(asked -> asked.changes().stream())
              .allMatch(change -> find(change, true) != null);
      boolean any = !all.isEmpty();
      return new Allowed(
          grant.key(),
          any && touchesStatic ? Management.STATIC : Management.DYNAMIC,
          all.stream().map(asked -> allowed(asked, touchesStatic)).toList());
    }

    private Asked asked(UpdateOperation operation, @Nullable Zone zone, List<Asked> before) {
      Name owner = operation.name();
      return switch (operation) {
        case UpdateOperation.AddRecord add -> {
          int type = add.record().getType();
          boolean replaces = type == Type.CNAME || type == Type.DNAME || type == Type.SOA;
          Set<Operation> needed =
              replaces ? EnumSet.allOf(Operation.class) : EnumSet.of(Operation.ADD);
          yield one(operation, new Change(update.zone(), owner, type, needed));
        }
        case UpdateOperation.DeleteRrset delete -> one(operation, deletion(owner, delete.type()));
        case UpdateOperation.DeleteRecord delete ->
            one(operation, deletion(owner, delete.record().getType()));
        case UpdateOperation.DeleteName _ -> {
          List<Integer> types = typesAt(owner, zone, before);
          yield types.isEmpty()
              ? new Asked(operation, List.of(), List.of(deletion(owner, null)))
              : new Asked(
                  operation,
                  types.stream()
                      .map(type -> (UpdateOperation) new UpdateOperation.DeleteRrset(owner, type))
                      .toList(),
                  types.stream().map(type -> deletion(owner, type)).toList());
        }
      };
    }

    private static Asked one(UpdateOperation operation, Change change) {
      return new Asked(operation, List.of(operation), List.of(change));
    }

    private Change deletion(Name owner, @Nullable Integer type) {
      return new Change(update.zone(), owner, type, EnumSet.of(Operation.DELETE));
    }

    /**
     * The types at a name that its deletion deletes: what stands there, and what operations before
     * it add; never the SOA and NS of the apex (RFC 2136 3.4.2.3).
     */
    private List<Integer> typesAt(Name owner, @Nullable Zone zone, List<Asked> before) {
      var types = new TreeSet<Integer>();
      if (zone != null && owner.subdomain(zone.apex())) {
        zone.rrsets(owner).stream().map(Rrset::type).forEach(types::add);
      }
      for (Asked asked : before) {
        if (asked.operation() instanceof UpdateOperation.AddRecord add
            && add.name().equals(owner)) {
          types.add(add.record().getType());
        }
      }
      if (owner.equals(update.zone())) {
        types.remove(Type.SOA);
        types.remove(Type.NS);
      }
      return List.copyOf(types);
    }

    private Map.@Nullable Entry<Integer, UpdateRule> find(Change change, boolean touchesStatic) {
      for (Map.Entry<Integer, UpdateRule> entry : rules.entrySet()) {
        UpdateRule rule = entry.getValue();
        if ((rule.touchesStatic() || !touchesStatic)
            && rule.objection(change, grant.key()) == null) {
          return entry;
        }
      }
      return null;
    }

    private AllowedOperation allowed(Asked asked, boolean touchesStatic) {
      var labels = new ArrayList<String>();
      for (Change change : asked.changes()) {
        var rule = find(change, touchesStatic);
        if (rule != null) {
          labels.add(grant.label(rule.getKey()));
        }
      }
      return new AllowedOperation(
          asked.operation(), asked.performed(), labels.stream().distinct().toList());
    }

    private Denied denied(UpdateOperation operation, Change change) {
      var findings = new ArrayList<RuleFinding>();
      rules.forEach((number, rule) -> {
        String objection = rule.objection(change, grant.key());
        findings.add(
            new RuleFinding(grant.label(number), objection == null ? "it allows it" : objection));
      });
      findings.addAll(unusable);
      Integer type = change.type();
      String why =
          "no rule of the key %s allows to %s %s %s"
              .formatted(
                  grant.key().toString(true),
                  operation instanceof UpdateOperation.AddRecord ? "add" : "delete",
                  change.owner().toString(true),
                  type == null ? "" : Type.string(type));
      return new Denied(operation, why.strip(), findings);
    }
  }
}
