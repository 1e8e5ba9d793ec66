package net.homeport.nameserver.secondary;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.homeport.nameserver.tsig.TsigKey;
import net.homeport.nameserver.tsig.TsigKeys;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.ZoneMirror;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** One attempt to make a zone what its primaries have: ask, fetch, commit. Blocks. */
final class ZoneFetch {
  private static final String FRONT_DOOR = "transfer";

  private final ZoneWriter writer;
  private final TransferClient client;
  private final TsigKeys keys;
  private final SecondaryLedger ledger;
  private final InstantSource clock;

  ZoneFetch(
      ZoneWriter writer,
      TransferClient client,
      TsigKeys keys,
      SecondaryLedger ledger,
      InstantSource clock) {
    this.writer = writer;
    this.client = client;
    this.keys = keys;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Asks one primary after the other, until one answers.
   *
   * @param notifier is asked first, if it is one of them
   * @param all whether to take the whole zone, whatever its serial
   * @return whether something was transferred
   * @throws TransferException saying of each primary what went wrong
   */
  boolean run(SecondarySettings settings, @Nullable InetAddress notifier, boolean all)
      throws TransferException {
    TsigKey key = key(settings.key());
    var failures = new ArrayList<String>();
    for (Primary primary : inTurn(settings.primaries(), notifier)) {
      try {
        return fetch(settings.zone(), primary, key, all);
      } catch (TransferException e) {
        failures.add("%s: %s".formatted(primary, e.getMessage()));
      }
    }
    throw new TransferException(String.join("; ", failures));
  }

  private @Nullable TsigKey key(@Nullable Name name) throws TransferException {
    if (name == null) {
      return null;
    }
    List<TsigKey> found = keys.find(name);
    if (found.isEmpty()) {
      throw new TransferException(
          "there is no valid TSIG key %s here; './homeport key list' shows those there are"
              .formatted(name.toString(true)));
    }
    return found.getFirst();
  }

  private static List<Primary> inTurn(List<Primary> primaries, @Nullable InetAddress notifier) {
    var turn = new ArrayList<Primary>();
    primaries.stream()
        .filter(each -> each.address().getAddress().equals(notifier))
        .forEach(turn::add);
    primaries.stream().filter(each -> !turn.contains(each)).forEach(turn::add);
    return turn;
  }

  private boolean fetch(Name apex, Primary primary, @Nullable TsigKey key, boolean all)
      throws TransferException {
    Zone present = writer.snapshot().zone(apex);
    TransferResult result = client.fetch(apex, primary, key, present, all);
    var attribution =
        new Attribution(
            primary.toString(), FRONT_DOOR, primary.address().getAddress(), clock.instant());
    return switch (result) {
      case TransferResult.UpToDate _ -> {
        ledger.heard(apex, clock.instant(), false);
        yield false;
      }
      case TransferResult.Whole whole -> {
        commit(ZoneMirror.whole(whole.content(), attribution), primary);
        yield true;
      }
      case TransferResult.Differences some -> {
        boolean fits =
            commit(ZoneMirror.differences(apex, some.differences(), attribution), primary);
        yield fits || fetch(apex, primary, key, true);
      }
    };
  }

  /** Whether it fitted what we have. */
  private boolean commit(ZoneMirror mirror, Primary primary) throws TransferException {
    if (Thread.currentThread().isInterrupted()) {
      throw new TransferException("the zone is not kept any more");
    }
    // First: a zone without this would not be known to expire after a restart.
    ledger.heard(mirror.zone(), clock.instant(), true);
    return switch (writer.mirror(mirror).join()) {
      case CommitResult.Committed _, CommitResult.Unchanged _ -> true;
      case CommitResult.Refused refused -> {
        if (refused.why() == Refusal.RRSET_MISSING || refused.why() == Refusal.NO_SUCH_ZONE) {
          yield false;
        }
        throw new TransferException(
            "what %s sent cannot be taken: %s".formatted(primary, refused.why()));
      }
      case CommitResult.Failed failed ->
          throw new TransferException("it could not be stored: " + failed.incident());
      case CommitResult.Overloaded _ ->
          throw new TransferException("too many changes are waiting here");
    };
  }
}
