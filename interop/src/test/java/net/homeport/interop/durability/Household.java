package net.homeport.interop.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import net.homeport.interop.harness.Dns;
import net.homeport.interop.harness.HomeportProcess;
import net.homeport.interop.kill.HostLedger;
import net.homeport.interop.kill.HostLedger.Verdict;
import org.xbill.DNS.Address;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A zone, its hosts and their devices; a zone that is removed again; and all that a server promised
 * of them, with the position in the log of the disk by which it did.
 */
final class Household {
  private static final String ZONE = "dyn.example.org";
  private static final String GONE = "gone.example.org";

  /** A serial that was answered by then. */
  private record Seen(long serial, long position) {}

  private final LongSupplier clock;
  private final List<Device> devices;
  private final List<Seen> serials = new ArrayList<>();
  private long zoneAt = Long.MAX_VALUE;
  private long goneAddedAt = Long.MAX_VALUE;
  private long goneSentAt = Long.MAX_VALUE;
  private long goneAt = Long.MAX_VALUE;

  /**
   * Nothing of it is added yet.
   *
   * @param clock the present length of the log; a constant if there is none
   */
  Household(int devices, LongSupplier clock) {
    this.clock = clock;
    this.devices =
        IntStream.range(0, devices)
            .mapToObj(number -> new Device("h%d.%s".formatted(number, ZONE), clock))
            .toList();
  }

  /** Adds what is not there yet; the server may die of it. */
  void moveIn(Api api, Dns dns) throws ServerGoneException {
    api.unlimitChanges();
    api.addZone(ZONE);
    zoneAt = clock.getAsLong();
    see(dns);
    api.addZone(GONE);
    goneAddedAt = clock.getAsLong();
    goneSentAt = goneAddedAt;
    api.removeZone(GONE);
    goneAt = clock.getAsLong();
    for (Device device : devices) {
      device.add(api);
    }
  }

  /** Each device in turn sends an update, so many times; the server may die of it. */
  void live(Api api, Dns dns, int updates) throws ServerGoneException {
    for (int i = 0; i < updates; i++) {
      for (Device device : devices) {
        if (!device.update(api)) {
          throw new AssertionError("an update of " + device.host() + " was refused");
        }
      }
      if (i % 8 == 0) {
        see(dns);
      }
    }
  }

  /** All devices at once. */
  void liveAtOnce(Api api, Dns dns, int updates) throws ServerGoneException {
    var failures = new ArrayList<Throwable>();
    List<Thread> threads =
        devices.stream()
            .map(device ->
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        for (int i = 0; i < updates; i++) {
                          device.update(api);
                        }
                      } catch (ServerGoneException | RuntimeException | Error e) {
                        synchronized (failures) {
                          failures.add(e);
                        }
                      }
                    }))
            .toList();
    try {
      while (threads.stream().anyMatch(Thread::isAlive)) {
        see(dns);
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    for (Throwable failure : failures) {
      if (failure instanceof ServerGoneException gone) {
        throw gone;
      }
      throw new AssertionError(failure);
    }
  }

  private void see(Dns dns) {
    serials.add(new Seen(serial(dns), clock.getAsLong()));
  }

  private static long serial(Dns dns) {
    return dns.ask(ZONE, Type.SOA).getSection(Section.ANSWER).stream()
        .filter(SOARecord.class::isInstance)
        .map(record -> ((SOARecord) record).getSerial())
        .findFirst()
        .orElse(0L);
  }

  int acknowledged() {
    return devices.stream().mapToInt(Device::acknowledged).sum();
  }

  /** Positions right after an acknowledgement. */
  List<Long> acknowledgements() {
    return devices.stream().flatMap(device -> device.acknowledgements().stream()).sorted().toList();
  }

  /**
   * Every promise that the server made by this position and does not keep; empty if all is well.
   */
  List<String> broken(HomeportProcess server, long position) {
    var broken = new ArrayList<String>();
    Dns dns = server.dns();
    try (var api = new Api(server)) {
      zones(api, dns, position, broken);
      for (Device device : devices) {
        device(device, api, dns, position, broken);
      }
    } catch (ServerGoneException | RuntimeException | AssertionError e) {
      broken.add(e.toString());
    }
    return broken;
  }

  private void zones(Api api, Dns dns, long position, List<String> broken)
      throws ServerGoneException {
    String text = api.zoneText(ZONE);
    if (zoneAt <= position && text.isEmpty()) {
      broken.add("zone lost");
    }
    if (!text.isEmpty() && dns.ask(ZONE, Type.NS).getSection(Section.ANSWER).isEmpty()) {
      broken.add("zone torn: no NS");
    }
    long seen =
        serials.stream()
            .filter(at -> at.position() <= position)
            .mapToLong(Seen::serial)
            .max()
            .orElse(0);
    long serial = serial(dns);
    if (serial < seen) {
      broken.add("serial went back from %d to %d".formatted(seen, serial));
    }
    boolean gone = api.zoneText(GONE).isEmpty();
    if (gone && goneAddedAt <= position && goneSentAt > position) {
      broken.add("second zone lost");
    }
    if (!gone && goneAt <= position) {
      broken.add("removed zone is back");
    }
  }

  private static void device(Device device, Api api, Dns dns, long position, List<String> broken)
      throws ServerGoneException {
    int ipv4 = number(dns.ask(device.host(), Type.A));
    int ipv6 = number(dns.ask(device.host(), Type.AAAA));
    HostLedger ledger = device.ledger(position);
    int acknowledged = ledger.acknowledged();
    Verdict verdict = ledger.judge(ipv4, ipv6);
    if (verdict != Verdict.KEPT) {
      broken.add(
          "%s %s: update %d was acknowledged, A is of %d, AAAA of %d"
              .formatted(device.host(), verdict, acknowledged, ipv4, ipv6));
    }
    if (device.isAddedBefore(position) && !api.knowsHost(device.host())) {
      broken.add(device.host() + " lost");
    }
  }

  private static int number(Message answer) {
    if (answer.getHeader().getRcode() == Rcode.SERVFAIL) {
      throw new AssertionError("SERVFAIL for " + answer.getQuestion());
    }
    return answer.getSection(Section.ANSWER).stream()
        .map(record -> record.rdataToString())
        .map(Household::number)
        .findFirst()
        .orElse(0);
  }

  private static int number(String address) {
    byte[] octets =
        address.contains(":")
            ? Address.toByteArray(address, Address.IPv6)
            : Address.toByteArray(address, Address.IPv4);
    int last = octets.length - 1;
    return (octets[last - 2] & 0xFF) << 16 | (octets[last - 1] & 0xFF) << 8 | (octets[last] & 0xFF);
  }

  /** After a start, whatever was lost with the power: each host that was added moves on. */
  List<String> goesOn(HomeportProcess server, long position) {
    var broken = new ArrayList<String>();
    try (var api = new Api(server)) {
      long before = serial(server.dns());
      int good = 0;
      for (Device device : devices) {
        if (device.isAddedBefore(position)) {
          good++;
          if (!device.tryOut(api)) {
            broken.add(device.host() + " is refused an update");
          }
        }
      }
      if (good > 0 && serial(server.dns()) <= before) {
        broken.add("the serial does not grow");
      }
    } catch (ServerGoneException | RuntimeException | AssertionError e) {
      broken.add(e.toString());
    }
    return broken;
  }
}
