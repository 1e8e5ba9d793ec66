package net.homeport.zone.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Management;
import net.homeport.zone.Zone;
import net.homeport.zone.lease.UpdateLease;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Update messages, written as nsupdate has them, and what became of them. */
public final class Updates {
  /** Who asks, in these tests. */
  public static final Attribution SOMEBODY =
      new Attribution("somebody", "test", null, Instant.parse("2026-01-01T00:00:00Z"));

  private final Name zone;
  private final List<Prerequisite> prerequisites = new ArrayList<>();
  private final List<UpdateOperation> operations = new ArrayList<>();

  private Updates(Name zone) {
    this.zone = zone;
  }

  /** An update of this zone, still empty. */
  public static Updates of(String zone) {
    return new Updates(DnsText.name(zone));
  }

  Updates nameInUse(String name) {
    prerequisites.add(new Prerequisite.NameInUse(DnsText.name(name)));
    return this;
  }

  Updates nameNotInUse(String name) {
    prerequisites.add(new Prerequisite.NameNotInUse(DnsText.name(name)));
    return this;
  }

  Updates rrsetExists(String name, int type) {
    prerequisites.add(new Prerequisite.RrsetExists(DnsText.name(name), type));
    return this;
  }

  Updates rrsetAbsent(String name, int type) {
    prerequisites.add(new Prerequisite.RrsetAbsent(DnsText.name(name), type));
    return this;
  }

  Updates rrsetEquals(String name, int type, String... records) {
    prerequisites.add(
        new Prerequisite.RrsetEquals(DnsText.name(name), type, DnsText.records(records)));
    return this;
  }

  /** RFC 2136 2.5.1. */
  public Updates add(String record) {
    return perform(new UpdateOperation.AddRecord(DnsText.record(record)));
  }

  /** RFC 2136 2.5.4. */
  public Updates delete(String record) {
    return deleteRecord(record);
  }

  /** RFC 2136 2.5.2. */
  public Updates deleteRrset(String name, String type) {
    return perform(new UpdateOperation.DeleteRrset(DnsText.name(name), Type.value(type, true)));
  }

  Updates deleteName(String name) {
    return perform(new UpdateOperation.DeleteName(DnsText.name(name)));
  }

  Updates deleteRecord(String record) {
    return perform(new UpdateOperation.DeleteRecord(DnsText.record(record)));
  }

  Updates perform(UpdateOperation operation) {
    operations.add(operation);
    return this;
  }

  /** The update on behalf of somebody who may change all. */
  public ZoneUpdate asStatic() {
    return update(Management.STATIC);
  }

  /** The update on behalf of a host. */
  public ZoneUpdate asDynamic() {
    return update(Management.DYNAMIC);
  }

  /** The update of a device whose records stay for so long, asked at this time (RFC 9664). */
  public ZoneUpdate leased(Instant at, long seconds, long keySeconds) {
    var attribution = new Attribution("device", "test", null, at);
    return new ZoneUpdate(
        zone,
        prerequisites,
        operations,
        Management.DYNAMIC,
        ZoneUpdate.AliasConflict.IGNORED,
        attribution,
        new UpdateLease(seconds, keySeconds));
  }

  private ZoneUpdate update(Management management) {
    return new ZoneUpdate(zone, prerequisites, operations, management, SOMEBODY);
  }

  /** The zone after an update that must change something. */
  static Zone changed(Zone zone, ZoneUpdate update) {
    UpdateResult result = UpdateEvaluation.evaluate(zone, update);
    assertThat(result).isInstanceOf(UpdateResult.Changed.class);
    return ((UpdateResult.Changed) result).next();
  }

  static void assertUnchanged(Zone zone, ZoneUpdate update) {
    assertThat(UpdateEvaluation.evaluate(zone, update)).isEqualTo(new UpdateResult.Unchanged());
  }

  static void assertRefused(Zone zone, ZoneUpdate update, Refusal why) {
    assertThat(UpdateEvaluation.evaluate(zone, update)).isEqualTo(new UpdateResult.Refused(why));
  }
}
