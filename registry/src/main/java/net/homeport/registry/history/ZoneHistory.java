package net.homeport.registry.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.homeport.registry.history.StateDifference.RrsetDifference;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.zone.Management;
import net.homeport.zone.Rrset;
import net.homeport.zone.Zone;
import net.homeport.zone.update.Attribution;
import net.homeport.zone.update.Refusal;
import net.homeport.zone.update.RrsetChange;
import net.homeport.zone.update.ZoneReplacement;
import net.homeport.zone.update.ZoneRollback;
import net.homeport.zone.writer.CommitResult;
import net.homeport.zone.writer.ZoneWriter;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What zones were, who changed them, and the way back. Thread safe; reads the journal on disk,
 * which may take seconds for a long history.
 */
public final class ZoneHistory {
  /** Most entries of one answer. */
  public static final int ENTRIES_MAX = 10_000;

  /** How often a rollback is computed anew because the zone moved on meanwhile. */
  private static final int TRIES = 20;

  private final ZoneWriter writer;
  private final Predicate<Name> isBlocked;
  private final HistoryLog log;
  private final ZoneRoles roles;

  /**
   * @param isBlocked whether devices' records at this name may not come back
   */
  public ZoneHistory(
      ZoneWriter writer, HistoryLog log, ZoneRoles roles, Predicate<Name> isBlocked) {
    this.isBlocked = isBlocked;
    this.writer = writer;
    this.roles = roles;
    this.log = log;
  }

  /** The zone in which the name lies now, or null. */
  public @Nullable Zone zoneOf(Name name) {
    return writer.snapshot().zoneOf(name);
  }

  /**
   * Changes, the newest first.
   *
   * @param zone only of this zone; null for all
   * @param owner only of this name, and of the zones around it; null for all
   * @param since none before this time; null for all
   * @param limit how many at most
   */
  public List<HistoryEntry> entries(
      @Nullable Name zone, @Nullable Name owner, @Nullable Instant since, int limit) {
    var entries = new ArrayList<HistoryEntry>();
    int most = Math.min(limit, ENTRIES_MAX);
    log.newestFirst(
        zone,
        owner,
        change -> {
          if (since != null && change.at().isBefore(since)) {
            return false;
          }
          add(entries, change, owner, most);
          return entries.size() < most;
        });
    return entries;
  }

  private static void add(
      List<HistoryEntry> to, LoggedChange commit, @Nullable Name owner, int most) {
    for (RrsetChange change : commit.changes().reversed()) {
      boolean isWhole = commit.kind() != LoggedChange.Kind.CHANGED;
      if (to.size() < most && (isWhole || owner == null || change.owner().equals(owner))) {
        to.add(
            new HistoryEntry(
                commit.zone(),
                commit.kind(),
                commit.serialAfter(),
                change.owner(),
                change.type(),
                change.before(),
                change.after(),
                change.attribution()));
      }
    }
  }

  /** A zone that is here now, as it was. */
  public Recollection zoneAt(Name apex, Moment moment) {
    Zone present = writer.snapshot().zone(apex);
    return present == null ? new Recollection.NoSuchZone() : new Rewind(present, log, moment).run();
  }

  /** Two states of a zone compared. */
  public sealed interface Comparison {
    /** How they differ. */
    record Different(StateDifference difference) implements Comparison {}

    /**
     * One of them is not known.
     *
     * @param moment which
     */
    record Unknown(Moment moment, Recollection why) implements Comparison {}
  }

  /** How a zone differs from one moment to another, whichever was first. */
  public Comparison difference(Name apex, Moment from, Moment to) {
    Zone present = writer.snapshot().zone(apex);
    if (present == null) {
      return new Comparison.Unknown(from, new Recollection.NoSuchZone());
    }
    var there = new Rewind(present, log, to);
    Recollection end = there.run();
    if (!(end instanceof Recollection.Known later)) {
      return new Comparison.Unknown(to, end);
    }
    var here = new Rewind(present, log, from);
    Recollection earlier = here.run();
    if (!(earlier instanceof Recollection.Known known)) {
      return new Comparison.Unknown(from, earlier);
    }
    Set<Rewind.Key> touched = new LinkedHashSet<>(there.touched());
    touched.addAll(here.touched());
    return new Comparison.Different(StateDifference.of(known.zone(), later.zone(), touched));
  }

  /**
   * Makes a zone what it was, as a new change with a new serial: each RRset with what managed it.
   * Who has a host in the zone is not changed, and no address comes back to a name that is blocked.
   *
   * @param to when it was as it should be
   * @param owner only this name's records; null for all
   * @param onlyStatic leave the records of hosts and of keys that sign updates as they are
   * @param dryRun only tell what would change
   * @param actor who asks
   */
  public RollbackResult rollback(
      Name apex,
      Moment to,
      @Nullable Name owner,
      boolean onlyStatic,
      boolean dryRun,
      Attribution actor) {
    String notOurs = roles.refusal(apex);
    if (notOurs != null) {
      return new RollbackResult.NotOurs(notOurs);
    }
    for (int tries = 0; tries < TRIES; tries++) {
      Zone present = writer.snapshot().zone(apex);
      if (present == null) {
        return new RollbackResult.Unknown(new Recollection.NoSuchZone());
      }
      var rewind = new Rewind(present, log, to);
      Recollection past = rewind.run();
      if (!(past instanceof Recollection.Known known)) {
        return new RollbackResult.Unknown(past);
      }
      var difference = wanted(present, known.zone(), rewind.touched(), owner, onlyStatic);
      RollbackResult result = rolledBack(present, difference, dryRun, actor);
      if (!(result instanceof RollbackResult.MovedOn)) {
        return result;
      }
    }
    return new RollbackResult.MovedOn();
  }

  private StateDifference wanted(
      Zone present, Zone past, Set<Rewind.Key> touched, @Nullable Name owner, boolean onlyStatic) {
    StateDifference all = StateDifference.of(present, past, touched);
    var wanted = new ArrayList<RrsetDifference>();
    for (RrsetDifference difference : all.rrsets()) {
      boolean isMeant = owner == null || difference.owner().equals(owner);
      boolean isLeft = onlyStatic && (isDynamic(difference.from()) || isDynamic(difference.to()));
      boolean isSerial = difference.type() == Type.SOA && sameButSerial(present.soa(), past.soa());
      boolean isBlockedNow = isDynamic(difference.to()) && isBlocked.test(difference.owner());
      if (isMeant && !isLeft && !isSerial && !isBlockedNow) {
        wanted.add(difference);
      }
    }
    return new StateDifference(all.fromSerial(), all.toSerial(), wanted);
  }

  private static boolean isDynamic(@Nullable Rrset rrset) {
    return rrset != null && rrset.management() == Management.DYNAMIC;
  }

  private static boolean sameButSerial(SOARecord one, SOARecord other) {
    return withSerial(one, 0).equals(withSerial(other, 0)) && one.getTTL() == other.getTTL();
  }

  private static SOARecord withSerial(SOARecord soa, long serial) {
    return new SOARecord(
        soa.getName(),
        soa.getDClass(),
        soa.getTTL(),
        soa.getHost(),
        soa.getAdmin(),
        serial,
        soa.getRefresh(),
        soa.getRetry(),
        soa.getExpire(),
        soa.getMinimum());
  }

  private RollbackResult rolledBack(
      Zone present, StateDifference difference, boolean dryRun, Attribution actor) {
    List<RrsetDifference> rrsets = difference.rrsets();
    if (rrsets.size() > ZoneReplacement.CHANGES_MAX) {
      return new RollbackResult.TooMany(rrsets.size());
    }
    if (dryRun || rrsets.isEmpty()) {
      return new RollbackResult.Done(present.serial(), difference);
    }
    var by =
        new Attribution(
            actor.actor(),
            actor.frontDoor(),
            actor.source(),
            actor.at(),
            "rolled back to serial " + difference.toSerial());
    var changes = new ArrayList<RrsetChange>(rrsets.size());
    for (RrsetDifference rrset : rrsets) {
      changes.add(
          new RrsetChange(rrset.owner(), rrset.type(), rrset.from(), after(present, rrset), by));
    }
    return switch (writer.rollback(new ZoneRollback(present, changes)).join()) {
      case CommitResult.Committed done -> new RollbackResult.Done(done.serial(), difference);
      case CommitResult.Unchanged done -> new RollbackResult.Done(done.serial(), difference);
      case CommitResult.Refused refused ->
          refused.why() == Refusal.NO_SUCH_ZONE
              ? new RollbackResult.Unknown(new Recollection.NoSuchZone())
              : new RollbackResult.MovedOn();
      case CommitResult.Failed failed -> new RollbackResult.Failed(failed.incident());
      case CommitResult.Overloaded _ -> new RollbackResult.Failed("too many updates are waiting");
    };
  }

  /** The serial never goes back: the writer raises the present one. */
  private static @Nullable Rrset after(Zone present, RrsetDifference rrset) {
    Rrset past = rrset.to();
    if (past == null || rrset.type() != Type.SOA) {
      return past;
    }
    var soa = (SOARecord) past.records(present.apex()).getFirst();
    return Rrset.of(List.of(withSerial(soa, present.serial())), past.ttl(), past.management());
  }
}
