package net.homeport.nameserver.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A system which has run out of file descriptors, and recovers. */
@Timeout(60)
class TcpAcceptFailureTest {

  @Test
  void goesOnWhenFileDescriptorsAreBack() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open().bind(TcpListenerTest.ANY_PORT);
    Exhausted acceptor = new Exhausted(channel, 4);
    InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
    try (TcpListener listener = start(address, acceptor);
        TcpClient client = new TcpClient(address)) {
      assertThat(client.ask("still there?")).isEqualTo("still there?");
      assertThat(listener.counts().failures()).isEqualTo(4);
    }
  }

  @Test
  void doesNotSpinMeanwhile() throws Exception {
    ServerSocketChannel channel = ServerSocketChannel.open().bind(TcpListenerTest.ANY_PORT);
    Exhausted acceptor = new Exhausted(channel, Integer.MAX_VALUE);
    InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
    try (TcpListener listener = start(address, acceptor)) {
      Thread.sleep(500);
      assertThat(listener.counts().failures()).isLessThan(50);
    }
  }

  private static TcpListener start(InetSocketAddress address, Exhausted acceptor) {
    return TcpListener.start(
        new Endpoint(Transport.TCP, address),
        acceptor,
        ByteStream::plain,
        (request, _) -> Reply.now(request),
        TcpLimits.DEFAULTS,
        System::nanoTime);
  }

  /** Fails so often before it accepts. */
  private static final class Exhausted implements TcpListener.Acceptor {

    private final ServerSocketChannel channel;
    private final AtomicInteger failures;

    Exhausted(ServerSocketChannel channel, int failures) {
      this.channel = channel;
      this.failures = new AtomicInteger(failures);
    }

    @Override
    public SocketChannel accept() throws IOException {
      if (failures.getAndDecrement() > 0) {
        throw new IOException("Too many open files");
      }
      return channel.accept();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
