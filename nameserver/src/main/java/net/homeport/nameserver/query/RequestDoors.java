package net.homeport.nameserver.query;

import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.nameserver.update.Sig0Keys;
import net.homeport.zone.writer.UpdateDoor;

/**
 * Those behind the name server who know the requestors and decide what they may.
 *
 * @param tsigKeys secrets shared with them
 * @param sig0Keys their public keys
 * @param updates takes their updates
 */
public record RequestDoors(TsigKeys tsigKeys, Sig0Keys sig0Keys, UpdateDoor updates) {}
