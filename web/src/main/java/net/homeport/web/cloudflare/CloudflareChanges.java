package net.homeport.web.cloudflare;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.homeport.registry.challenge.ChallengeOutcome;
import net.homeport.registry.challenge.ChallengeRequests;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.registry.update.UpdateRequest;
import net.homeport.web.cloudflare.CloudflareModel.Deleted;
import net.homeport.web.cloudflare.CloudflareRecords.Entry;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** Changes records by the use cases of all doors, and tells the outcome in Cloudflare's words. */
final class CloudflareChanges {
  private final HostUpdates updates;
  private final ChallengeRequests challenges;
  private final CloudflareRecords records;
  private final CloudflareViews views;

  /**
   * What became of a request.
   *
   * @param hosts those that it was about
   */
  record Changed(CloudflareReply reply, List<Host> hosts) {}

  CloudflareChanges(
      HostUpdates updates,
      ChallengeRequests challenges,
      CloudflareRecords records,
      CloudflareViews views) {
    this.updates = updates;
    this.challenges = challenges;
    this.records = records;
    this.views = views;
  }

  /** An address of the family that the type is about; null if the text is none. */
  static @Nullable InetAddress address(String text, int type) {
    InetAddress address = AddressText.parse(text.strip());
    if (address == null || (type != Type.A && type != Type.AAAA)) {
      return null;
    }
    return address instanceof Inet4Address == (type == Type.A) ? address : null;
  }

  /** A text as it is, where newer clients send it as in a zone file. */
  static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Why a record of that type cannot be. */
  static CloudflareReply notOurs(int type, boolean isChallenge) {
    if (type == Type.A && !isChallenge) {
      return CloudflareReply.no(
          HttpStatus.BAD_REQUEST_400, 9005, "Content for A record must be a valid IPv4 address.");
    }
    if (type == Type.AAAA && !isChallenge) {
      return CloudflareReply.no(
          HttpStatus.BAD_REQUEST_400,
          9006,
          "Content for AAAA record must be a valid IPv6 address.");
    }
    return CloudflareReply.no(
        HttpStatus.FORBIDDEN_403,
        10000,
        "only A and AAAA records of hosts, and TXT records at their _acme-challenge, are changed here");
  }

  /**
   * Makes these the addresses of a family.
   *
   * @param shown the one that was sent, to be told of
   */
  Changed publish(
      Presented presented,
      RequestOrigin origin,
      Host host,
      int type,
      List<InetAddress> addresses,
      InetAddress shown) {
    if (addresses.size() > AddressWish.ADDRESSES_MAX) {
      return new Changed(
          CloudflareReply.invalid("a host has at most " + AddressWish.ADDRESSES_MAX + " addresses"),
          List.of(host));
    }
    String content = AddressText.of(shown);
    return changed(
        presented,
        origin,
        host,
        type,
        new AddressWish.Publish(addresses),
        () -> {
          Entry vacant = records.vacant(host, type);
          return views.record(
              records.of(host).stream()
                  .filter(entry -> entry.type() == type && entry.content().equals(content))
                  .findFirst()
                  .orElse(new Entry(vacant.id(), host, host.name(), type, content)));
        });
  }

  /** Takes a record out of DNS. */
  Changed delete(Presented presented, RequestOrigin origin, Entry entry) {
    if (entry.type() == Type.TXT) {
      return challenge(presented, origin, entry.host(), entry.content(), true, entry.id());
    }
    var left = new ArrayList<InetAddress>();
    for (Entry one : records.of(entry.host())) {
      InetAddress address =
          one.type() != entry.type() || one.id().equals(entry.id())
              ? null
              : AddressText.parse(one.content());
      if (address != null) {
        left.add(address);
      }
    }
    AddressWish wish = left.isEmpty() ? AddressWish.WITHDRAW : new AddressWish.Publish(left);
    return changed(
        presented, origin, entry.host(), entry.type(), wish, () -> new Deleted(entry.id()));
  }

  /** Tells what to show of a success. */
  @FunctionalInterface
  private interface Result {
    Object get();
  }

  private Changed changed(
      Presented presented,
      RequestOrigin origin,
      Host host,
      int type,
      AddressWish wish,
      Result result) {
    String name = host.name().toString(true);
    HostWish wanted =
        type == Type.A
            ? new HostWish(name, wish, AddressWish.KEEP)
            : new HostWish(name, AddressWish.KEEP, wish);
    UpdateAnswer answer = updates.update(new UpdateRequest(presented, origin, List.of(wanted)));
    CloudflareReply reply =
        switch (answer) {
          case UpdateAnswer.Unauthorized _ -> CloudflareReply.unauthorized();
          case UpdateAnswer.Postponed postponed -> CloudflareReply.later(postponed.retryAfter());
          case UpdateAnswer.Rejected rejected ->
              CloudflareReply.rejected(rejected.reason(), rejected.reason().words());
          case UpdateAnswer.PerHost perHost ->
              switch (perHost.outcomes().getFirst()) {
                case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _, UpdateOutcome.Withheld _ ->
                    CloudflareReply.of(result.get());
                case UpdateOutcome.Rejected rejected ->
                    CloudflareReply.rejected(rejected.reason(), rejected.why());
                case UpdateOutcome.Postponed postponed ->
                    CloudflareReply.later(postponed.retryAfter());
                case UpdateOutcome.Failed _ -> CloudflareReply.later();
              };
        };
    return new Changed(reply, List.of(host));
  }

  /** Publishes an answer to a challenge. */
  Changed answer(Presented presented, RequestOrigin origin, Host host, String content) {
    return challenge(presented, origin, host, unquoted(content), false, "");
  }

  /** Publishes an answer in place of another one. */
  Changed replace(Presented presented, RequestOrigin origin, Entry entry, String content) {
    Changed added = answer(presented, origin, entry.host(), content);
    if (added.reply.status() == HttpStatus.OK_200 && !unquoted(content).equals(entry.content())) {
      Changed removed = delete(presented, origin, entry);
      return removed.reply.status() == HttpStatus.OK_200 ? added : removed;
    }
    return added;
  }

  private Changed challenge(
      Presented presented,
      RequestOrigin origin,
      Host host,
      String answer,
      boolean withdraw,
      String id) {
    List<String> names = List.of(host.name().toString(true));
    CloudflareReply reply =
        switch (challenges.answer(presented, origin, names, false, answer, withdraw)) {
          case ChallengeRequests.Result.Unauthorized _ -> CloudflareReply.unauthorized();
          case ChallengeRequests.Result.Postponed postponed ->
              CloudflareReply.later(postponed.retryAfter());
          case ChallengeRequests.Result.Done done ->
              switch (done.outcome()) {
                case ChallengeOutcome.Published _ ->
                    CloudflareReply.of(withdraw ? new Deleted(id) : shown(host, answer));
                case ChallengeOutcome.Forbidden forbidden ->
                    CloudflareReply.no(HttpStatus.FORBIDDEN_403, 10000, forbidden.why());
                case ChallengeOutcome.Refused refused -> CloudflareReply.invalid(refused.why());
                case ChallengeOutcome.Postponed _ -> CloudflareReply.later();
                case ChallengeOutcome.Failed _ -> CloudflareReply.later();
              };
        };
    return new Changed(reply, List.of(host));
  }

  private Object shown(Host host, String answer) {
    Entry entry = records.answer(host, answer);
    records.remember(entry);
    return views.record(entry);
  }
}
