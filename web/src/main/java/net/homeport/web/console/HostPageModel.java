package net.homeport.web.console;

import java.time.Instant;
import java.util.List;
import net.homeport.web.console.ConsoleModel.Change;
import org.jspecify.annotations.Nullable;

/** What the page of one host shows: data as people read it, not yet escaped. */
public final class HostPageModel {
  private HostPageModel() {}

  /**
   * The page.
   *
   * @param exchanges the newest first
   * @param site null if the host belongs to none
   * @param changes null if nobody asked for them, since they are read from the disk
   */
  public record HostPage(
      HostHead head,
      Liveness liveness,
      List<ExchangeRow> exchanges,
      DeviceSetup setup,
      List<CredentialRow> credentials,
      @Nullable SitePart site,
      Followers followers,
      @Nullable Changes changes) {
    public HostPage {
      exchanges = List.copyOf(exchanges);
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * What the host is.
   *
   * @param name its full name without the trailing dot
   * @param link URL of its page
   * @param account whose it is; empty if of nobody special
   * @param labels such as {@code device=camera}
   * @param ttl in seconds
   * @param addresses of IPv4, then of IPv6
   * @param notices what a person should know first, the worst first
   * @param change null before the first update
   */
  public record HostHead(
      String name,
      String link,
      String zone,
      String account,
      List<String> labels,
      long ttl,
      Instant createdAt,
      List<AddressRow> addresses,
      List<Notice> notices,
      @Nullable Change change) {
    public HostHead {
      labels = List.copyOf(labels);
      addresses = List.copyOf(addresses);
      notices = List.copyOf(notices);
    }

    /** URL of the same page with the last changes. */
    public String changesLink() {
      return link + (link.contains("?") ? "&" : "?") + "changes#changes";
    }
  }

  /**
   * The addresses of one family.
   *
   * @param family such as {@code IPv4}
   * @param present what DNS answers; often none
   * @param origin where they come from, in words
   */
  public record AddressRow(String family, List<String> present, String origin) {
    public AddressRow {
      present = List.copyOf(present);
    }
  }

  /**
   * Something that a person should know.
   *
   * @param isProblem whether it keeps the host from being what its device says
   * @param command that mends it; empty if there is none
   */
  public record Notice(boolean isProblem, String text, String command) {}

  /**
   * Whether the host is alive.
   *
   * @param state one word for a style: {@code fresh}, {@code late}, {@code silent}, {@code dead},
   *     {@code never}, {@code fixed}
   * @param words the state in words
   * @param lastSeen null if never
   * @param client what kind of client it was; empty if it was never heard
   * @param leader the host through which it is heard; empty if it is heard itself
   * @param expected how often it is expected, and where that is from, in words
   * @param steps what happens as its silence lasts
   */
  public record Liveness(
      String state,
      String words,
      @Nullable Instant lastSeen,
      String client,
      String leader,
      String expected,
      List<SilenceStep> steps) {
    public Liveness {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step of a silence.
   *
   * @param state such as "late"
   * @param at when it begins, or began, unless the host is heard before; null if never yet heard
   * @param begun whether it has begun
   * @param action what is done then, in words
   */
  public record SilenceStep(String state, @Nullable Instant at, boolean begun, String action) {}

  /**
   * One request of a device, and what it was told.
   *
   * @param tls the version of TLS; empty in clear
   * @param proven whether it proved that it may change the host
   * @param request its first line without secrets
   * @param userAgent what it calls itself; may be empty
   * @param client what program that is, by our knowledge
   * @param status of HTTP, with its words
   * @param answer the text of the answer
   * @param understood what the program makes of it, in words
   * @param notes what was odd
   */
  public record ExchangeRow(
      Instant at,
      String source,
      String frontDoor,
      String tls,
      boolean proven,
      String request,
      String userAgent,
      String client,
      String status,
      String answer,
      String understood,
      List<String> notes) {
    public ExchangeRow {
      notes = List.copyOf(notes);
    }
  }

  /**
   * What to set in a device.
   *
   * @param server by which the viewer reached this server: name and port
   * @param isLoopback whether other machines reach it by another name
   * @param dyndns2 URL of an update with user name and password
   * @param duckDns URL of an update with the password in it
   * @param username empty if there is no credential
   */
  public record DeviceSetup(
      String server, boolean isLoopback, String dyndns2, String duckDns, String username) {}

  /**
   * A credential that may change the host; never its secret.
   *
   * @param comment what a person noted; may be empty
   * @param names which hosts it is for, in words
   * @param limits where and how it is taken, each in words; empty if anywhere and anyhow
   * @param expiry until when it is taken, in words
   * @param obstacle why it is not taken now; empty if it is
   * @param lastUse to the minute; null if never
   */
  public record CredentialRow(
      String username,
      String comment,
      String names,
      List<String> limits,
      String expiry,
      String obstacle,
      @Nullable Instant lastUse) {
    public CredentialRow {
      limits = List.copyOf(limits);
    }
  }

  /**
   * The site a host belongs to.
   *
   * @param ipv4 the plan of its IPv4 address, such as {@code wan4}
   * @param ipv6 the plan of its IPv6 address, such as {@code lan+::10}
   * @param unstable whether uplinks come and go, so that TTLs are short
   */
  public record SitePart(
      String name,
      String ipv4,
      String ipv6,
      List<SourceRow> sources,
      List<UplinkRow> uplinks,
      boolean unstable) {
    public SitePart {
      sources = List.copyOf(sources);
      uplinks = List.copyOf(uplinks);
    }
  }

  /**
   * What an address source of a site is.
   *
   * @param uplink empty if the site has no named ones
   * @param value empty if it has none
   * @param at since when; null if it has none
   * @param by who said so; who should, if nobody did
   */
  public record SourceRow(
      String name, String uplink, String value, @Nullable Instant at, String by) {}

  /**
   * An uplink of a site.
   *
   * @param state in words
   * @param inUse whether its addresses are published
   * @param heardAt null if never
   */
  public record UplinkRow(String name, String state, boolean inUse, @Nullable Instant heardAt) {}

  /**
   * A link to the page of a host.
   *
   * @param url path of that page
   */
  public record HostLink(String name, String url) {}

  /**
   * Hosts whose addresses follow what this one reports.
   *
   * @param first the first ones by name
   * @param count of all
   */
  public record Followers(List<HostLink> first, int count) {
    public Followers {
      first = List.copyOf(first);
    }
  }

  /**
   * What changed.
   *
   * @param rows the newest first
   * @param isBusy whether nothing was read, since others are reading
   */
  public record Changes(List<ChangeRow> rows, boolean isBusy) {
    public Changes {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A change of the records of one type.
   *
   * @param what type of the records, or what became of the zone
   * @param before data of the records; empty if there were none
   * @param after data of the records; empty if there are none
   * @param rule which rule allowed it; may be empty
   */
  public record ChangeRow(
      Change change, String what, List<String> before, List<String> after, String rule) {
    public ChangeRow {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }
}
