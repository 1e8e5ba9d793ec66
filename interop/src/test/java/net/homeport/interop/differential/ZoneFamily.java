package net.homeport.interop.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A zone made at random, with a child that stands beside it and a zone below it that it does not
 * delegate.
 *
 * @param zones parent first
 * @param names absolute names that play a part in them, in presentation form
 */
record ZoneFamily(List<ZoneSource> zones, List<String> names) {
  /**
   * A zone and its master file.
   *
   * @param owners names with records, absolute, in presentation form and lower case
   */
  record ZoneSource(String apex, String text, List<String> owners) {}

  /** Makes a family; the number makes its name. */
  static ZoneFamily make(Random random, int number) {
    var zones = new ArrayList<ZoneSource>();
    var names = new ArrayList<String>();
    String parent = "d%d.test".formatted(number);
    var maker = new ZoneMaker(random, parent);
    maker.fill(20 + random.nextInt(40));
    boolean child = random.nextInt(3) > 0;
    if (child) {
      maker.delegate("child");
    }
    boolean nested = random.nextInt(4) == 0;
    if (nested && random.nextBoolean()) {
      maker.address("www.nested");
    }
    zones.add(maker.source());
    names.addAll(maker.names());
    if (child) {
      addBelow(random, "child." + parent, zones, names);
    }
    if (nested) {
      addBelow(random, "nested." + parent, zones, names);
    }
    return new ZoneFamily(List.copyOf(zones), List.copyOf(names));
  }

  private static void addBelow(
      Random random, String apex, List<ZoneSource> zones, List<String> names) {
    var maker = new ZoneMaker(random, apex);
    maker.fill(8 + random.nextInt(12));
    zones.add(maker.source());
    names.addAll(maker.names());
  }
}
