package net.homeport.nameserver.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.ListenFailure;

/**
 * {@link PacketIo} by {@link DatagramChannel}, for every system. A batch is always one datagram, in
 * slot 0.
 *
 * <p>Two limits. Bound to a wildcard address, the system chooses the address an answer leaves from,
 * which is the wrong one where a machine has several and the query was not sent to the one on the
 * way back: bind each address then. And an interrupt of the owning thread closes the channel.
 */
final class ChannelPacketIo implements PacketIo {

  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private final DatagramChannel channel;
  private final InetSocketAddress localAddress;
  private final MemorySegment slab = Arena.ofAuto().allocate((long) BATCH * SLOT_BYTES);
  private final ByteBuffer buffer = slab.asByteBuffer();

  private InetSocketAddress sender = new InetSocketAddress(0);
  private int length;
  private int noted;

  private ChannelPacketIo(DatagramChannel channel, InetSocketAddress localAddress) {
    this.channel = channel;
    this.localAddress = localAddress;
  }

  /** See {@link PacketIos#canSharePort}. */
  static boolean canSharePort() {
    try (DatagramChannel channel = DatagramChannel.open()) {
      return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      return false;
    }
  }

  /** Opens and binds a channel. */
  static ChannelPacketIo open(Endpoint endpoint, boolean sharePort) {
    if (sharePort && !canSharePort()) {
      throw new UnsupportedOperationException("this system cannot share a port");
    }
    try {
      DatagramChannel channel = DatagramChannel.open(endpoint.family());
      try {
        if (sharePort) {
          channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.bind(endpoint.address());
        return new ChannelPacketIo(channel, (InetSocketAddress) channel.getLocalAddress());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw ListenFailure.of(endpoint, e).toException(endpoint, e);
    }
  }

  @Override
  public MemorySegment slab() {
    return slab;
  }

  @Override
  public int receive() {
    noted = 0;
    buffer.clear().limit(SLOT_BYTES + 1); // one more, to notice a datagram which is too long
    try {
      sender = (InetSocketAddress) Objects.requireNonNull(channel.receive(buffer), "blocking");
      length = buffer.position();
      return 1;
    } catch (ClosedChannelException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int length(int slot) {
    return length > SLOT_BYTES ? TOO_LONG : length;
  }

  @Override
  public void reply(int slot, int replyLength) {
    noted = Objects.checkIndex(replyLength, SLOT_BYTES + 1);
  }

  @Override
  public int send() {
    int octets = noted;
    noted = 0;
    if (octets == 0) {
      return 0;
    }
    return send(buffer.clear().limit(octets), sender) ? 1 : 0;
  }

  private boolean send(ByteBuffer message, InetSocketAddress to) {
    try {
      return channel.send(message, to) > 0;
    } catch (IOException e) {
      return false; // the system refuses this packet, or we are closed
    }
  }

  @Override
  public InetSocketAddress sender(int slot) {
    return sender;
  }

  @Override
  public long senderHigh(int slot) {
    byte[] octets = sender.getAddress().getAddress();
    return octets.length == 4 ? 0 : network(octets).getLong(0);
  }

  @Override
  public long senderLow(int slot) {
    ByteBuffer octets = network(sender.getAddress().getAddress());
    return octets.capacity() == 4
        ? SocketAddressCodec.mapped(octets.getInt(0))
        : octets.getLong(Long.BYTES);
  }

  private static ByteBuffer network(byte[] octets) {
    return ByteBuffer.wrap(octets).order(ByteOrder.BIG_ENDIAN);
  }

  @Override
  public int senderPort(int slot) {
    return sender.getPort();
  }

  @Override
  public ReturnPath returnPath(int slot) {
    return new ReturnPath(sender, null);
  }

  @Override
  public boolean sendTo(byte[] message, ReturnPath path) {
    return send(ByteBuffer.wrap(message), path.to());
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
