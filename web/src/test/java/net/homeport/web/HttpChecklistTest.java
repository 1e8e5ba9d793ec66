package net.homeport.web;

import static net.homeport.web.DoorClient.assertAnswer;
import static net.homeport.web.DoorClient.basic;
import static net.homeport.web.DoorClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.homeport.registry.credential.NameScope;
import net.homeport.zone.Rrset;
import net.homeport.zone.update.Changeset;
import net.homeport.zone.update.ZoneChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Checks of docs/protocols/http-checklist.md that no other test of the front doors makes. */
final class HttpChecklistTest {
  private static final String HOST = "branch1.dyn.example.org";
  private static final String CAM = "cam.dyn.example.org";
  private static final String GNUDIP = "/gnudip/cgi-bin/gdipupdt.cgi";
  private static final String UPDATE = "/nic/update?hostname=" + HOST;

  /** All that was committed, in its order. */
  private final ConcurrentLinkedDeque<ZoneChange> committed = new ConcurrentLinkedDeque<>();

  private WebFixture web;
  private DoorClient client;
  private String password;
  private String login;

  @BeforeEach
  void start() throws Exception {
    web = WebFixture.start("", committed::addAll);
    client = new DoorClient(web);
    password = web.host(HOST);
    login = basic(HOST + ":" + password);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private String get(String pathAndQuery) throws Exception {
    return client.get(pathAndQuery, login);
  }

  /** H4, H5, H6: whatever is wrong with who asks, the octets of the answer are the same. */
  @Test
  void h4h5h6WrongUnknownAndNoneAreTheSameOctets() throws Exception {
    Set<String> answers = new HashSet<>();
    for (String header :
        List.of(
            basic(HOST + ":wrong"),
            basic("nobody.dyn.example.org:wrong"),
            basic("nobody.dyn.example.org:" + password),
            basic(":wrong"),
            "Authorization: Bearer wrong\r\n",
            "Authorization: Basic !!!\r\n",
            "")) {
      String answer = client.get(UPDATE + "&myip=198.51.100.7", header);
      assertAnswer(answer, 401, "badauth\n");
      assertThat(answer).contains("WWW-Authenticate: Basic realm=");
      answers.add(answer.replaceAll("(?m)^Date: .*$", ""));
    }
    assertThat(answers).hasSize(1);
    assertThat(web.addresses(HOST)).isEmpty();
  }

  @Test
  void h9WithoutAnyHostNameItIsNotfqdnOnce() throws Exception {
    String secret =
        web.credential(
            "office",
            new NameScope.Listed(
                List.of(new NameScope.Entry(WebFixture.name("dyn.example.org"), true))));
    assertAnswer(
        client.get("/nic/update?myip=198.51.100.7", basic("office:" + secret)), 400, "notfqdn\n");
    assertAnswer(
        client.get("/nic/update?hostname=&myip=198.51.100.7", basic("office:" + secret)),
        400,
        "notfqdn\n");
  }

  @Test
  void h11WhatIsAboutTheAccountIsSaidOnce() throws Exception {
    String three = "/nic/update?hostname=%s,%s,x.dyn.example.org".formatted(HOST, CAM);
    assertAnswer(client.get(three, basic(HOST + ":wrong")), 401, "badauth\n");
    assertAnswer(get(three + "&myip=999.1.1.1"), 400, "badip\n");
  }

  @Test
  void h16AnIpv4AddressInsideIpv6IsAnARecord() throws Exception {
    assertThat(get(UPDATE + "&myip=::ffff:198.51.100.7")).contains("good ");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(web.records(HOST, Type.AAAA)).isEmpty();
    try (var behind = WebFixture.start("", _ -> {}, "127.0.0.0/8")) {
      String secret = behind.host(HOST);
      String answer =
          new DoorClient(behind)
              .get(UPDATE, basic(HOST + ":" + secret), "X-Forwarded-For: ::ffff:198.51.100.8\r\n");
      assertAnswer(answer, 200, "good 198.51.100.8\n");
      assertThat(behind.addresses(HOST)).containsExactly("198.51.100.8");
    }
  }

  @Test
  void h19HostnameYesIsAsNone() throws Exception {
    assertAnswer(get("/nic/update?hostname=YES&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
  }

  @Test
  void h28h30WhatAStrangerSaysOfItsAddressIsNotBelieved() throws Exception {
    for (String header :
        List.of(
            "X-Forwarded-For: 203.0.113.9\r\n",
            "X-Real-IP: 203.0.113.9\r\n",
            "CF-Connecting-IP: 203.0.113.9\r\n",
            "Forwarded: for=203.0.113.9;proto=https\r\n")) {
      assertThat(client.get(UPDATE, login, header)).as(header).endsWith(" 127.0.0.1\n");
    }
    try (var behind = WebFixture.start("", _ -> {}, "127.0.0.0/8")) {
      String secret = behind.host(HOST);
      var proxied = new DoorClient(behind);
      for (String header :
          List.of(
              "Forwarded: for=203.0.113.9\r\n",
              "X-Forwarded-For: 203.0.113.9, rubbish\r\n",
              "X-Forwarded-For: \r\n",
              "X-Forwarded-For: unknown\r\n",
              "X-Forwarded-For: 203.0.113.9,\r\n")) {
        assertThat(proxied.get(UPDATE, basic(HOST + ":" + secret), header))
            .as(header)
            .endsWith(" 127.0.0.1\n");
      }
    }
  }

  @Test
  void h34AllPathsAreOne() throws Exception {
    int last = 10;
    for (String path : List.of("/nic/update", "/v2/update", "/v3/update", "/update")) {
      String address = "198.51.100." + last++;
      assertAnswer(
          get(path + "?hostname=" + HOST + "&myip=" + address), 200, "good " + address + "\n");
      assertAnswer(
          get(path + "?hostname=" + HOST + "&myip=" + address), 200, "nochg " + address + "\n");
      assertAnswer(get(path + "?hostname=nowhere.example.org"), 404, "nohost\n");
    }
  }

  /** H37: what was committed last is what DNS answers, however they were sent. */
  @Test
  void h37AHundredAtATimeEndAsTheLastThatWasCommitted() throws Exception {
    var updates = new ArrayList<Callable<String>>();
    for (int i = 1; i <= 100; i++) {
      String address = "198.51.100." + i;
      updates.add(() -> get(UPDATE + "&myip=" + address));
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (Future<String> answer : threads.invokeAll(updates)) {
        assertThat(answer.get()).startsWith("HTTP/1.1 200 ").containsPattern("\r\n\r\ngood ");
      }
    }
    String present = web.addresses(HOST).getFirst();
    assertThat(web.addresses(HOST)).hasSize(1);
    assertThat(committed.getLast()).isInstanceOf(Changeset.class);
    Rrset last =
        Objects.requireNonNull(((Changeset) committed.getLast()).changes().getLast().after());
    assertThat(last.records(WebFixture.name(HOST)).getFirst().rdataToString()).isEqualTo(present);
    assertAnswer(get(UPDATE + "&myip=" + present), 200, "nochg " + present + "\n");
  }

  /** H25, H38: a zone that came to stand below takes the name away; nothing is half done. */
  @Test
  void h25h38BelowADelegationItIsDnserrAndNothingChanges() throws Exception {
    String below = "box.sub.dyn.example.org";
    web.hostOf(HOST, below);
    assertAnswer(
        get("/nic/update?hostname=" + below + "&myip=198.51.100.7"), 200, "good 198.51.100.7\n");
    web.zone(
        "@ 60 SOA ns h 1 7200 900 1209600 60\n@ 60 NS ns\nns 60 A 192.0.2.1\n",
        "sub.dyn.example.org");
    assertAnswer(
        get("/nic/update?hostname=" + below + "&myip=198.51.100.8,2001:db8::8"), 500, "dnserr\n");
    assertThat(web.addresses(below)).isEmpty();
    assertThat(web.records(below, Type.AAAA)).isEmpty();
  }

  /** H22: a method that must be safe is, at all doors that change something. */
  @Test
  void h22HeadAndOptionsChangeNothing() throws Exception {
    for (String path :
        List.of(
            UPDATE + "&myip=198.51.100.7",
            "/update?domains=branch1&ip=198.51.100.7&token=" + password,
            "/update/branch1/" + password + "/198.51.100.7",
            "/api/update?zone=" + HOST + "&ipv4=198.51.100.7&token=" + password,
            "/desec/?myip=198.51.100.7",
            "/u/" + password + "/?ip=198.51.100.7",
            "/dynamic/update.php?" + password + "&address=198.51.100.7")) {
      for (String method : List.of("HEAD", "OPTIONS", "PUT", "DELETE")) {
        assertThat(web.raw(request(method, path, login))).as(method + path).contains(" 405 ");
      }
    }
    assertThat(web.addresses(HOST)).isEmpty();
  }

  /**
   * H22 at the doors that are no dialect of dyndns2's kind; console and enrolment have their own.
   */
  @Test
  void h22HeadChangesNothingAtTheOtherDoors() throws Exception {
    get(UPDATE + "&myip=198.51.100.7");
    String bearer = "Authorization: Bearer " + password + "\r\n";
    String token = "Authorization: Bearer " + WebFixture.TOKEN + "\r\n";
    String zones = client.get("/client/v4/zones", bearer);
    String records =
        "/client/v4/zones/%s/dns_records"
            .formatted(zones.replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1"));
    String record =
        client.get(records, bearer).replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1");
    String address = "?type=A&name=" + HOST + "&content=192.0.2.66";
    for (String path : List.of(records + address, records + "/" + record + address)) {
      assertThat(web.raw(request("HEAD", path, bearer))).as(path).startsWith("HTTP/1.1 405 ");
    }
    for (String path : List.of("/acme-dns/register?host=" + HOST, "/acme-dns/update")) {
      assertThat(web.raw(request("HEAD", path, login))).as(path).startsWith("HTTP/1.1 405 ");
    }
    assertThat(
            web.raw(request("HEAD", GNUDIP + "?user=branch1&pass=x&domn=dyn.example.org&reqc=1")))
        .startsWith("HTTP/1.1 405 ");
    assertThat(web.raw(request("HEAD", GNUDIP))).startsWith("HTTP/1.1 405 ");
    for (String path : List.of("/api/v1/hosts/" + HOST, "/api/v1/hosts?name=new.dyn.example.org")) {
      assertThat(web.raw(request("HEAD", path, token))).as(path).startsWith("HTTP/1.1 4");
    }
    assertThat(web.addresses(HOST)).containsExactly("198.51.100.7");
    assertThat(client.get("/api/v1/hosts", token))
        .contains(HOST)
        .doesNotContain("new.dyn.example.org");
    assertThat(client.get("/api/v1/acme-dns", token)).contains("\"registrations\":[]");
  }
}
