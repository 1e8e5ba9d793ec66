package net.homeport.nameserver.query;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.tsig.TsigAlgorithm;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.testkit.FakeClock;
import net.homeport.zone.Management;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.text.ZoneText;
import net.homeport.zone.text.ZoneTextException;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.ProposedUpdate;
import net.homeport.zone.update.Requestor;
import net.homeport.zone.update.Requestor.Proof;
import net.homeport.zone.update.ZoneUpdate;
import net.homeport.zone.writer.UpdateDoor;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.xbill.DNS.KEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Update;

/** A zone that is updated by messages, and one key that may. */
abstract class UpdateFixture {
  static final Name ZONE = name("dyn.test.");
  static final Name KEY = name("key.dyn.test.");
  static final byte[] SECRET = "only for these tests".getBytes(StandardCharsets.UTF_8);
  static final TSIG SIGNER = new TSIG(TSIG.HMAC_SHA256, KEY, SECRET);

  final FakeClock clock = new FakeClock(Instant.now());
  final List<Requestor> requestors = new ArrayList<>();
  final List<ProposedUpdate> proposals = new ArrayList<>();
  final ZoneWriter writer = new ZoneWriter(zones(), _ -> {}, _ -> {}, _ -> {});
  @Nullable KEYRecord publicKey;
  final NameServerSettings settings =
      new NameServerSettings(
          Optional.empty(),
          Optional.empty(),
          true,
          Duration.ofSeconds(10),
          new ServerCookies(List.of(new CookieSecret(1, 2))),
          clock);
  final FullLane fullLane = new FullLane(writer::snapshot, settings);
  final Requests requests =
      new Requests(
          writer::snapshot,
          fullLane,
          settings,
          DatagramTransfers.NONE,
          new RequestDoors(
              wanted ->
                  wanted.equals(KEY)
                      ? List.of(new TsigKey(KEY, TsigAlgorithm.HMAC_SHA256, SECRET))
                      : List.of(),
              signer ->
                  publicKey != null && publicKey.getName().equals(signer)
                      ? List.of(publicKey)
                      : List.of(),
              this::propose));

  private static ZoneSnapshot zones() {
    try {
      ZoneSnapshot empty = ZoneSnapshot.empty(1);
      return empty.with(
          ZoneText.parse(
              empty,
              ZONE,
              """
              @ 3600 SOA ns1 hostmaster 1 3600 600 604800 60
              @ NS ns1
              ns1 A 192.0.2.1
              old A 192.0.2.2
              alias CNAME old
              """));
    } catch (ZoneTextException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<UpdateDoor.Decision> propose(
      ProposedUpdate update, Requestor requestor) {
    requestors.add(requestor);
    proposals.add(update);
    if (requestor.proof() instanceof Proof.None) {
      return CompletableFuture.completedFuture(new UpdateDoor.Decision.NotAllowed("unsigned"));
    }
    return writer
        .submit(
            new ZoneUpdate(
                update.zone(),
                update.prerequisites(),
                update.operations(),
                Management.STATIC,
                ZoneUpdate.AliasConflict.IGNORED,
                new Attribution("key", "test", null, clock.instant()),
                update.lease()))
        .thenApply(UpdateDoor.Decision.Decided::new);
  }

  @AfterEach
  final void close() {
    writer.close();
  }

  final byte @Nullable [] send(byte[] request) throws Exception {
    var answers = new ArrayList<byte[]>();
    assertThat(requests.concern(request)).isTrue();
    requests.answer(request, Askers.UDP, answers::add);
    return answers.isEmpty() ? null : answers.getFirst();
  }

  final Message sent(Message update) throws Exception {
    byte[] request = update.toWire(65535);
    byte[] octets = Objects.requireNonNull(send(request));
    var answer = new Message(octets);
    assertThat(answer.getHeader().getID()).isEqualTo(update.getHeader().getID());
    assertThat(answer.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
    TSIGRecord tsig = new Message(request).getTSIG();
    if (tsig != null && answer.getTSIG() != null && answer.getTSIG().getError() == 0) {
      assertThat(SIGNER.verify(answer, octets, tsig)).isEqualTo(Rcode.NOERROR);
    }
    return answer;
  }

  static Message signed(Message update) {
    update.setTSIG(SIGNER);
    return update;
  }

  static Update update() {
    return new Update(ZONE);
  }

  final List<String> texts(String owner, int type) {
    var rrset = Objects.requireNonNull(writer.snapshot().zone(ZONE)).rrset(name(owner), type);
    return rrset == null
        ? List.of()
        : rrset.records(name(owner)).stream().map(Record::rdataToString).toList();
  }
}
