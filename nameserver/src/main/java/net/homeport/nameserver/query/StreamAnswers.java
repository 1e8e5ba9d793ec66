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
  private final Requests requests;
  private final Asker.Carrier carrier;

  /**
   * @param zones the present snapshot, asked once for all messages that have come together
   * @param requests takes what is signed, and updates
   * @param carrier how the messages come
   */
  public StreamAnswers(
      Supplier<ZoneSnapshot> zones,
      FullLane fullLane,
      NameServerSettings settings,
      Requests requests,
      Asker.Carrier carrier) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.settings = settings;
    this.requests = requests;
    this.carrier = carrier;
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client) {
    var asker = new Asker(client.getAddress(), carrier);
    if (requests.concern(request)) {
      return Reply.later(sink -> requests.answer(request, asker, sink));
    }
    byte[] answer = fullLane.answer(request, asker);
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
