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
 * <p>The fast lane keeps to the sizes of datagrams, so what it leaves of streams is answers which
 * are longer than those.
 */
public final class StreamAnswers implements MessageHandler {
  private final Supplier<ZoneSnapshot> zones;
  private final FullLane fullLane;
  private final Asker.Carrier carrier;

  /**
   * @param zones the present snapshot, asked once for all messages that have come together
   * @param carrier how the messages come
   */
  public StreamAnswers(Supplier<ZoneSnapshot> zones, FullLane fullLane, Asker.Carrier carrier) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.carrier = carrier;
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client) {
    byte[] answer = fullLane.answer(request, new Asker(client.getAddress(), carrier));
    return answer == null ? Reply.close() : Reply.now(answer);
  }

  @Override
  public InPlaceAnswers newInPlaceAnswers() {
    var fastLane = new FastLane(zones.get());
    return new InPlaceAnswers() {
      @Override
      public void batchStarts() {
        fastLane.use(zones.get());
      }

      @Override
      public int answer(MemorySegment slab, long at, int length, int capacity) {
        int answered = fastLane.answer(slab, at, length, capacity);
        return answered == FastLane.NOT_FOR_ME ? InPlaceAnswers.NOT_FOR_ME : answered;
      }
    };
  }
}
