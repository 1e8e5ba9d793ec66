package net.homeport.web.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.homeport.registry.account.Principal;
import net.homeport.registry.key.KeyRegistry;
import net.homeport.registry.key.UpdateKey;
import net.homeport.registry.policy.UpdateDecision;
import net.homeport.registry.update.DnsUpdates;
import net.homeport.registry.update.NsupdateText;
import net.homeport.registry.update.UpdateExplanation;
import net.homeport.web.api.KeyModel.OperationView;
import net.homeport.web.api.KeyModel.RuleFindingView;
import net.homeport.web.api.KeyModel.UpdateQuestion;
import net.homeport.web.api.KeyModel.UpdateVerdict;
import net.homeport.zone.Rrset;
import net.homeport.zone.address.AddressText;
import net.homeport.zone.update.Prerequisite;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.UpdateOperation;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** {@code /api/v1/explain}: what would become of something, without doing it. */
public final class ExplainResource implements ApiResource {
  private final KeyRegistry keys;
  private final DnsUpdates updates;

  public ExplainResource(KeyRegistry keys, DnsUpdates updates) {
    this.keys = keys;
    this.updates = updates;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) throws IOException {
    boolean update =
        request.operation().equals("POST explain/{name}") && request.name().equals("update");
    if (update && !(request.principal() instanceof Principal.ServerAdministrator)) {
      return ApiResult.problem(
          HttpStatus.FORBIDDEN_403,
          "not for members",
          "signed updates are explained to the administrator of the server alone");
    }
    return update ? explain(request.body(UpdateQuestion.class), request.actor().source()) : null;
  }

  private ApiResult explain(UpdateQuestion question, @Nullable InetAddress asker) {
    Name name = ApiNames.parse(question.key());
    if (name == null) {
      return ApiNames.notAName(question.key());
    }
    UpdateKey key = keys.key(name);
    if (key == null) {
      return KeyResource.noSuchKey(name);
    }
    Name zone = ApiNames.parse(question.zone());
    if (zone == null && question.zone() != null) {
      return ApiNames.notAName(question.zone());
    }
    String from = question.from();
    InetAddress address = from == null ? asker : AddressText.parse(from);
    if (address == null) {
      return notAsExpected("'%s' is not an address".formatted(from));
    }
    List<String> lines = question.lines();
    ProposedUpdate update;
    try {
      update = NsupdateText.parse(lines == null ? List.of() : lines, zone);
    } catch (IllegalArgumentException e) {
      return notAsExpected(String.valueOf(e.getMessage()));
    }
    var proof =
        switch (key.material()) {
          case UpdateKey.Material.Shared _ -> new Requestor.Proof.SharedKey(key.name());
          case UpdateKey.Material.PublicHalf _ -> new Requestor.Proof.PublicKey(key.name());
        };
    var requestor = new Requestor(proof, address, Requestor.Carrier.TCP);
    return ApiResult.ok(verdict(update, updates.explain(update, requestor)));
  }

  private static ApiResult notAsExpected(String why) {
    return ApiResult.problem(HttpStatus.BAD_REQUEST_400, "not as expected", why);
  }

  private static UpdateVerdict verdict(ProposedUpdate update, UpdateExplanation explanation) {
    return switch (explanation) {
      case UpdateExplanation.Passes passes ->
          new UpdateVerdict(
              true,
              Rcode.string(Rcode.NOERROR),
              passes.changes().isEmpty() ? "the zone is like that already" : "it would be made",
              operations(passes.allowed()),
              passes.changes().stream().map(ExplainResource::words).toList(),
              List.of());
      case UpdateExplanation.Refused refused ->
          refused(refused.why().rcode(), words(refused.why()), operations(refused.allowed()));
      case UpdateExplanation.AgainstPolicy against ->
          refused(
              against.later() ? Rcode.SERVFAIL : Rcode.REFUSED,
              against.why(),
              operations(against.allowed()));
      case UpdateExplanation.NoSuchZone no ->
          refused(
              Refusal.NO_SUCH_ZONE.rcode(),
              "this server has no zone '%s'%s"
                  .formatted(
                      ApiNames.text(update.zone()),
                      no.around().stream()
                          .map(zone -> "; the name lies in the zone " + ApiNames.text(zone))
                          .collect(Collectors.joining())),
              List.of());
      // Over DNS such a message is read no further, so no rule is looked at (RFC 2136 3.4.1.3).
      case UpdateExplanation.NotAllowed _ when leavesZone(update) ->
          refused(Refusal.OUTSIDE_ZONE.rcode(), words(Refusal.OUTSIDE_ZONE), List.of());
      case UpdateExplanation.NotAllowed not ->
          new UpdateVerdict(
              false,
              Rcode.string(Rcode.REFUSED),
              not.denied().why(),
              List.of(),
              List.of(),
              not.denied().rules().stream()
                  .map(finding -> new RuleFindingView(finding.rule(), finding.why()))
                  .toList());
    };
  }

  private static boolean leavesZone(ProposedUpdate update) {
    return Stream.concat(
            update.prerequisites().stream().map(Prerequisite::name),
            update.operations().stream().map(UpdateOperation::name))
        .anyMatch(name -> !name.subdomain(update.zone()));
  }

  private static UpdateVerdict refused(int rcode, String why, List<OperationView> operations) {
    return new UpdateVerdict(false, Rcode.string(rcode), why, operations, List.of(), List.of());
  }

  private static List<OperationView> operations(UpdateDecision.Allowed allowed) {
    return allowed.operations().stream()
        .map(operation -> new OperationView(words(operation.asked()), operation.rules()))
        .toList();
  }

  private static String words(UpdateOperation operation) {
    return switch (operation) {
      case UpdateOperation.AddRecord add ->
          "add %s %d %s %s"
              .formatted(
                  ApiNames.text(add.name()),
                  add.record().getTTL(),
                  Type.string(add.record().getType()),
                  add.record().rdataToString());
      case UpdateOperation.DeleteRrset delete ->
          "delete %s %s".formatted(ApiNames.text(delete.name()), Type.string(delete.type()));
      case UpdateOperation.DeleteName delete -> "delete " + ApiNames.text(delete.name());
      case UpdateOperation.DeleteRecord delete ->
          "delete %s %s %s"
              .formatted(
                  ApiNames.text(delete.name()),
                  Type.string(delete.record().getType()),
                  delete.record().rdataToString());
    };
  }

  private static String words(RrsetChange change) {
    return "%s %s: %s -> %s"
        .formatted(
            ApiNames.text(change.owner()),
            Type.string(change.type()),
            words(change.owner(), change.before()),
            words(change.owner(), change.after()));
  }

  private static String words(Name owner, @Nullable Rrset rrset) {
    return rrset == null
        ? "nothing"
        : rrset.records(owner).stream()
            .map(Record::rdataToString)
            .collect(Collectors.joining(", ", rrset.ttl() + " [", "]"));
  }

  private static String words(Refusal why) {
    return switch (why) {
      case NAME_NOT_IN_USE -> "a prerequisite is not met: a name that should be in use is not";
      case NAME_IN_USE -> "a prerequisite is not met: a name that should not be in use is";
      case RRSET_MISSING ->
          "a prerequisite is not met: an RRset that should exist, perhaps with given data, does not";
      case RRSET_EXISTS -> "a prerequisite is not met: an RRset that should not exist does";
      case OUTSIDE_ZONE -> "a name does not lie in the zone";
      case NO_SUCH_ZONE -> "this server has no such zone";
      case STATIC_RECORD ->
          "a static record would change, and not every operation is allowed by a rule with 'static'";
      case BELOW_ZONE_CUT -> "a name lies at or below a delegation, so others answer for it";
      case ALIAS -> "an alias (CNAME) is in the way";
      case TOO_MANY_LEASES -> "more records would be leased than may be";
      case RRSET_TOO_LARGE -> "the RRset would be larger than a DNS message can carry";
      case MALFORMED -> "a record is not one that can stand in a zone";
    };
  }
}
