package net.homeport.nameserver.transfer;

import java.net.InetSocketAddress;
import net.homeport.nameserver.tcp.InPlaceAnswers;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.Reply;
import net.homeport.zone.update.Requestor;

/** Answers those who ask for a zone over streams of one kind, and leaves the rest to another. */
public final class TransferHandler implements MessageHandler {
  private final ZoneTransfers transfers;
  private final Requestor.Carrier carrier;
  private final MessageHandler rest;

  /**
   * @param carrier how the messages come
   * @param rest answers all else
   */
  public TransferHandler(ZoneTransfers transfers, Requestor.Carrier carrier, MessageHandler rest) {
    this.transfers = transfers;
    this.carrier = carrier;
    this.rest = rest;
  }

  @Override
  public Reply handle(byte[] request, InetSocketAddress client) {
    Reply reply = transfers.answer(request, client.getAddress(), carrier);
    return reply == null ? rest.handle(request, client) : reply;
  }

  @Override
  public InPlaceAnswers newInPlaceAnswers() {
    return rest.newInPlaceAnswers();
  }
}
