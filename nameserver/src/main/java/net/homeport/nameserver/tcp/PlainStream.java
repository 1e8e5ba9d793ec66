package net.homeport.nameserver.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The octets of the socket as they are. */
record PlainStream(SocketChannel channel) implements ByteStream {

  @Override
  public void begin() {}

  @Override
  public StreamProtection protection() {
    return StreamProtection.CLEAR;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      int ignored = channel.write(from);
    }
  }

  @Override
  public void end() {}
}
