package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import net.homeport.nameserver.tcp.InPlaceAnswers;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.zone.ZoneSnapshot;

/**
 * Answers messages of streams: by a fast lane, and what that leaves by the full lane.
 *
 * <p>A query with options goes to the full lane: over a stream they are rare.
 */
public final class StreamAnswers implements MessageHandler {
  private final Supplier<ZoneSnapshot> zones;
  private final FullLane fullLane;
  private final NameServerSettings settings;
  private final Asker.Carrier carrier;

  /**
   * @param zones the present snapshot, asked once for all messages that have come together
   * @param carrier how the messages come
   */
  public StreamAnswers(
      Supplier<ZoneSnapshot> zones,
      FullLane fullLane,
      NameServerSettings settings,
      Asker.Carrier carrier) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.settings = settings;
    this.carrier = carrier;
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client) {
    byte[] answer = fullLane.answer(request, new Asker(client.getAddress(), carrier));
    return answer == null ? Reply.close() : Reply.now(answer);
  }

  @Override
  public InPlaceAnswers newInPlaceAnswers() {
    var fastLane = FastLane.ofStreams(zones.get(), settings);
    return new InPlaceAnswers() {
      @Override
      public void batchStarts() {
        fastLane.use(zones.get(), 0);
      }

      @Override
      public int answer(MemorySegment slab, long at, int length, int capacity) {
        int answered = fastLane.answer(slab, at, length, capacity, 0, 0);
        return answered == FastLane.NOT_FOR_ME ? InPlaceAnswers.NOT_FOR_ME : answered;
      }
    };
  }
}
