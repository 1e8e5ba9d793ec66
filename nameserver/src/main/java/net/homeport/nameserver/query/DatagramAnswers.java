package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.InstantSource;
import java.util.function.Supplier;
import net.homeport.nameserver.udp.DatagramHandler;
import net.homeport.nameserver.udp.PacketIo;
import net.homeport.nameserver.udp.ReturnPath;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;

/** Answers datagrams: by the fast lane, and what that leaves by the full lane. One a UDP worker. */
public final class DatagramAnswers implements DatagramHandler {
  /** What an answer of the full lane is about, for want of a better one: its RCODE is added. */
  private static final long SUBJECT_FULL_LANE = 0x46554c4cL << 32;

  /** What an answer to an update, or to another request that proves nothing, is about. */
  private static final long SUBJECT_REQUESTS = 0x52455153L << 32;

  private final Supplier<ZoneSnapshot> zones;
  private final FullLane fullLane;
  private final FastLane fastLane;
  private final DatagramRequests requests;
  private final ResponseRateLimit limit;
  private final InstantSource clock;
  private long second;

  /**
   * @param zones the present snapshot, asked once a batch
   * @param requests takes what is signed, and updates; shared by all workers
   * @param limit shared by all workers
   */
  public DatagramAnswers(
      Supplier<ZoneSnapshot> zones,
      FullLane fullLane,
      NameServerSettings settings,
      DatagramRequests requests,
      ResponseRateLimit limit) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.fastLane = FastLane.ofDatagrams(zones.get(), settings);
    this.requests = requests;
    this.limit = limit;
    this.clock = settings.clock();
  }

  @Override
  public void batchStarts() {
    second = Math.floorDiv(clock.millis(), 1000L);
    fastLane.use(zones.get(), second);
  }

  @Override
  public int handle(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    long high = io.senderHigh(slot);
    long low = io.senderLow(slot);
    int answered = fastLane.answer(slab, offset, length, capacity, high, low);
    if (answered == FastLane.NOT_FOR_ME) {
      return handleFully(slab, offset, length, capacity, io, slot);
    }
    if (!limit.applies(high, low)) {
      return answered;
    }
    return switch (limit.count(high, low, fastLane.subject(), second)) {
      case SEND -> answered;
      case SEND_SHORT ->
          fastLane.edns().hasValidCookie() ? answered : fastLane.shorten(slab, offset);
      case DROP -> fastLane.edns().hasValidCookie() ? answered : 0;
    };
  }

  private int handleFully(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    byte[] request = slab.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    ReturnPath path = io.returnPath(slot);
    Asker asker = new Asker(path.to().getAddress(), Asker.Carrier.UDP);
    long high = io.senderHigh(slot);
    long low = io.senderLow(slot);
    long now = second;
    if (requests.take(
        request,
        asker,
        rcode -> limit.admits(high, low, SUBJECT_REQUESTS | rcode, now),
        answer -> io.sendTo(answer, path))) {
      return 0;
    }
    FullAnswer answer = fullLane.answerFully(request, asker);
    byte[] octets = answer == null ? null : limited(answer, high, low);
    if (octets == null || octets.length > capacity) {
      return 0;
    }
    MemorySegment.copy(octets, 0, slab, ValueLayout.JAVA_BYTE, offset, octets.length);
    return octets.length;
  }

  private byte @Nullable [] limited(FullAnswer answer, long high, long low) {
    byte[] octets = answer.octets();
    if (!limit.applies(high, low)) {
      return octets;
    }
    long subject = SUBJECT_FULL_LANE | (octets[3] & 0xF);
    return switch (limit.count(high, low, subject, second)) {
      case SEND -> octets;
      case SEND_SHORT -> answer.isKnownAsker() ? octets : answer.shortened();
      case DROP -> answer.isKnownAsker() ? octets : null;
    };
  }
}
