package net.homeport.nameserver.query;

import net.homeport.nameserver.notify.NotifyDoor;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.nameserver.update.Sig0Keys;
import net.homeport.zone.writer.UpdateDoor;

/**
 * Those behind the name server who know the requestors and decide what they may.
 *
 * @param tsigKeys secrets shared with them
 * @param sig0Keys their public keys
 * @param updates takes their updates
 * @param notifies takes what they tell of changes at a primary
 */
public record RequestDoors(
    TsigKeys tsigKeys, Sig0Keys sig0Keys, UpdateDoor updates, NotifyDoor notifies) {
  /** Without a primary to listen to. */
  public RequestDoors(TsigKeys tsigKeys, Sig0Keys sig0Keys, UpdateDoor updates) {
    this(tsigKeys, sig0Keys, updates, NotifyDoor.CLOSED);
  }
}
