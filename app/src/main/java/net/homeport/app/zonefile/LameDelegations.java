package net.homeport.app.zonefile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import net.homeport.app.config.SocketAddressText;
import net.homeport.zone.CanonicalOrder;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.check.Finding;
import net.homeport.zone.check.Severity;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks each name server of a zone and of its delegations for the SOA record there: one that does
 * not answer with authority makes the delegation lame (RFC 1912 2.8).
 */
public final class LameDelegations {
  /** Most name servers that are asked; more are counted only. */
  public static final int SERVERS_MAX = 1_000;

  private static final int AT_ONCE = 32;
  private static final int TRIES = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Zone zone;
  private final @Nullable InetSocketAddress resolver;
  private final int port;
  private final Semaphore atOnce = new Semaphore(AT_ONCE);

  /**
   * @param resolver who knows addresses that the zone does not; null for the system's
   * @param port of name servers
   */
  public LameDelegations(Zone zone, @Nullable InetSocketAddress resolver, int port) {
    this.zone = zone;
    this.resolver = resolver;
    this.port = port;
  }

  private record Delegation(Name owner, Name server) {}

  /** What is wrong with them, in canonical order of the delegations. Blocks for the network. */
  public List<Finding> findings() {
    List<Delegation> all = new ArrayList<>();
    CanonicalOrder.forEach(
        zone,
        (owner, rrsets) ->
            rrsets.stream()
                .filter(rrset -> rrset.type() == Type.NS)
                .flatMap(rrset -> rrset.records(owner).stream())
                .forEach(ns -> all.add(new Delegation(owner, ((NSRecord) ns).getTarget()))));
    var findings = new ArrayList<Finding>();
    Map<Delegation, Future<List<Finding>>> asked = new LinkedHashMap<>();
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      all.stream()
          .limit(SERVERS_MAX)
          .forEach(
              each -> asked.put(each, tasks.submit((Callable<List<Finding>>) () -> ask(each))));
      for (Future<List<Finding>> answer : asked.values()) {
        findings.addAll(answer.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking a name server failed", e.getCause());
    }
    if (all.size() > SERVERS_MAX) {
      findings.add(
          finding(
              Severity.NOTICE,
              "lame-not-asked",
              zone.apex(),
              "%d name servers more were not asked".formatted(all.size() - SERVERS_MAX)));
    }
    findings.sort(Comparator.comparing(Finding::severity));
    return findings;
  }

  private static Finding finding(Severity severity, String code, Name owner, String message) {
    return new Finding(severity, code, owner, null, message);
  }

  private List<Finding> ask(Delegation delegation) throws InterruptedException {
    atOnce.acquire();
    try {
      Set<InetAddress> addresses = addresses(delegation.server());
      if (addresses.isEmpty()) {
        return List.of(
            finding(
                Severity.ERROR,
                "server-without-address",
                delegation.owner(),
                "no address is known of the name server %s of %s"
                    .formatted(delegation.server(), delegation.owner())));
      }
      var findings = new ArrayList<Finding>();
      for (InetAddress address : addresses) {
        Finding finding = ask(delegation, new InetSocketAddress(address, port));
        if (finding != null) {
          findings.add(finding);
        }
      }
      return findings;
    } finally {
      atOnce.release();
    }
  }

  private @Nullable Finding ask(Delegation delegation, InetSocketAddress server) {
    String who =
        "the name server %s (%s) of %s"
            .formatted(delegation.server(), SocketAddressText.of(server), delegation.owner());
    Message answer = exchange(server, delegation.owner(), Type.SOA, false);
    if (answer == null) {
      return finding(
          Severity.WARNING,
          "server-unreachable",
          delegation.owner(),
          who + " does not answer; is it running, and is its address right?");
    }
    boolean authoritative =
        answer.getHeader().getFlag(Flags.AA) && answer.getRcode() == Rcode.NOERROR;
    return authoritative
        ? null
        : finding(
            Severity.ERROR,
            "lame-delegation",
            delegation.owner(),
            who
                + " answers %s%s: it does not serve that zone; add the zone there, or remove the NS record"
                    .formatted(
                        Rcode.string(answer.getRcode()),
                        answer.getHeader().getFlag(Flags.AA) ? "" : " without authority"));
  }

  private Set<InetAddress> addresses(Name server) {
    var addresses = new LinkedHashSet<InetAddress>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      Rrset known = server.subdomain(zone.apex()) ? zone.rrset(server, type) : null;
      List<Record> records = known == null ? resolved(server, type) : known.records(server);
      for (Record record : records) {
        switch (record) {
          case ARecord ipv4 -> addresses.add(ipv4.getAddress());
          case AAAARecord ipv6 -> addresses.add(ipv6.getAddress());
          default -> {}
        }
      }
    }
    return addresses;
  }

  private List<Record> resolved(Name server, int type) {
    if (server.subdomain(zone.apex()) && !zone.isBeyondCut(server)) {
      return List.of();
    }
    Message answer = exchange(resolver, server, type, true);
    return answer == null ? List.of() : answer.getSection(Section.ANSWER);
  }

  private static @Nullable Message exchange(
      @Nullable InetSocketAddress server, Name name, int type, boolean recursive) {
    for (int left = TRIES; left > 0; left--) {
      try {
        var client = server == null ? new SimpleResolver() : new SimpleResolver(server);
        client.setTimeout(PATIENCE);
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (!recursive) {
          query.getHeader().unsetFlag(Flags.RD);
        }
        return client.send(query);
      } catch (IOException _) {
        // Perhaps the packet was lost.
      }
    }
    return null;
  }
}
