package net.homeport.nameserver.query;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;
import net.homeport.nameserver.udp.DatagramHandler;
import net.homeport.nameserver.udp.PacketIo;
import net.homeport.zone.ZoneSnapshot;

/** Answers datagrams: by the fast lane, and what that leaves by the full lane. One a UDP worker. */
public final class DatagramAnswers implements DatagramHandler {
  private final Supplier<ZoneSnapshot> zones;
  private final FullLane fullLane;
  private final FastLane fastLane;

  /**
   * @param zones the present snapshot, asked once a batch
   */
  public DatagramAnswers(Supplier<ZoneSnapshot> zones, FullLane fullLane) {
    this.zones = zones;
    this.fullLane = fullLane;
    this.fastLane = new FastLane(zones.get());
  }

  @Override
  public void batchStarts() {
    fastLane.use(zones.get());
  }

  @Override
  public int handle(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    int answered = fastLane.answer(slab, offset, length, capacity);
    return answered == FastLane.NOT_FOR_ME
        ? handleFully(slab, offset, length, capacity, io, slot)
        : answered;
  }

  private int handleFully(
      MemorySegment slab, long offset, int length, int capacity, PacketIo io, int slot) {
    byte[] request = slab.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    byte[] answer =
        fullLane.answer(
            request, new Asker(io.returnPath(slot).to().getAddress(), Asker.Carrier.UDP));
    if (answer == null || answer.length > capacity) {
      return 0;
    }
    MemorySegment.copy(answer, 0, slab, ValueLayout.JAVA_BYTE, offset, answer.length);
    return answer.length;
  }
}
