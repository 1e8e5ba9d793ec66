package net.homeport.nameserver.transfer;

import java.net.InetSocketAddress;
import net.homeport.nameserver.tcp.InPlaceAnswers;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.nameserver.tcp.StreamProtection;

/** Answers those who ask for a zone over streams, and leaves the rest to another. */
public final class TransferHandler implements MessageHandler {
  private final ZoneTransfers transfers;
  private final MessageHandler rest;

  /**
   * @param rest answers all else
   */
  public TransferHandler(ZoneTransfers transfers, MessageHandler rest) {
    this.transfers = transfers;
    this.rest = rest;
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client) {
    return handle(request, client, StreamProtection.CLEAR);
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client, StreamProtection protection) {
    Reply reply = transfers.answer(request, client.getAddress(), protection);
    return reply == null ? rest.handle(request, client, protection) : reply;
  }

  @Override
  public InPlaceAnswers newInPlaceAnswers() {
    return rest.newInPlaceAnswers();
  }
}
