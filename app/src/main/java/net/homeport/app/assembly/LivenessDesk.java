package net.homeport.app.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.homeport.registry.account.HostDetails;
import net.homeport.registry.host.Host;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.liveness.LivenessBook;
import net.homeport.registry.liveness.LivenessPolicies;
import net.homeport.registry.liveness.LivenessSweeper;
import net.homeport.registry.probe.DeclaredPorts;
import net.homeport.registry.probe.ProbeAfterChange;
import net.homeport.registry.probe.ReachabilityProbe;
import net.homeport.registry.site.SiteLeaders;
import net.homeport.registry.truth.AddressTruth;
import net.homeport.registry.update.HostUpdates;
import net.homeport.registry.update.UpdateCheck;
import net.homeport.registry.update.UpdateObserver;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteLivenessStore;
import net.homeport.store.sqlite.SqlitePortStore;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.HostLivenessResource;
import net.homeport.web.api.LivenessResource;
import net.homeport.web.api.PortResource;
import net.homeport.web.api.TruthResource;
import net.homeport.zone.ZoneSnapshot;

/** The silence of hosts and the truth of their addresses, wired. */
final class LivenessDesk implements AutoCloseable {
  private final Stages stages;
  private final LivenessWatch watch;
  private final Thread prober;

  private LivenessDesk(Stages stages, LivenessWatch watch) {
    this.stages = stages;
    this.watch = watch;
    this.prober = Thread.ofVirtual().name("port-probe").start(this::probe);
  }

  /** What they have to do with each request: made first, since requests need them. */
  static final class Stages {
    private final HostRegistry hosts;
    private final InstantSource clock;
    private final LivenessPolicies policies;
    private final LivenessBook book;
    private final AddressTruth truth;
    private final DeclaredPorts ports;
    private final ReachabilityProbe probe;
    private final ProbeAfterChange probeAfterChange;

    Stages(
        SqliteDatabase database,
        HostRegistry hosts,
        SiteLeaders leaders,
        Supplier<ZoneSnapshot> zones,
        InstantSource clock) {
      this.hosts = hosts;
      this.clock = clock;
      var store = new SqliteLivenessStore(database);
      this.policies = new LivenessPolicies(store, hosts::host);
      this.book = new LivenessBook(store, policies, hosts::host, leaders::of, clock.instant());
      this.truth = new AddressTruth(store);
      this.ports = new DeclaredPorts(new SqlitePortStore(database), hosts::host);
      this.probe = new ReachabilityProbe(zones, LivenessDesk::connect, clock);
      this.probeAfterChange = new ProbeAfterChange(ports, probe);
    }

    List<UpdateCheck> checks() {
      return List.of(truth, book);
    }

    /** What is said of addresses. */
    AddressTruth truth() {
      return truth;
    }

    List<UpdateObserver> observers() {
      return List.of(book, truth, probeAfterChange);
    }

    /** For changes that no report asks for. */
    UpdateCheck untilHeard() {
      return book.untilHeard(clock);
    }

    LivenessDesk open(HostUpdates updates, Supplier<ZoneSnapshot> zones) {
      var sweeper = new LivenessSweeper(book, hosts, updates, zones, LivenessWatch::log);
      return new LivenessDesk(this, new LivenessWatch(book, sweeper, hosts, clock));
    }
  }

  private static void connect(InetSocketAddress to, Duration limit) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(to, Math.toIntExact(limit.toMillis()));
    }
  }

  private void probe() {
    try {
      while (true) {
        stages.probeAfterChange.next();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  LivenessBook book() {
    return stages.book;
  }

  /** Whether silence took its addresses out of DNS. */
  boolean isSilent(Host host) {
    return stages.book.isSilent(host, stages.clock.instant());
  }

  /** What is to be said of published addresses. */
  List<String> remarks(Host host, List<InetAddress> published) {
    var remarks = new ArrayList<String>(stages.truth.remarks(host, published));
    remarks.addAll(stages.probe.remarks(host, published));
    return remarks;
  }

  /** What the API shows, by the first step of the path. */
  Map<String, ApiResource> resources() {
    return Map.of(
        "liveness",
        new LivenessResource(stages.hosts, stages.book, stages.policies, stages.clock),
        "truth",
        new TruthResource(stages.truth));
  }

  /** What stands beside a host. */
  ApiResource beside(HostDetails details) {
    return new HostLivenessResource(
            stages.hosts, details, stages.book, stages.policies, stages.clock)
        .or(new PortResource(stages.hosts, details, stages.ports, stages.probe, stages.clock));
  }

  /** Keeps who was heard. */
  @Override
  public void close() {
    prober.interrupt();
    watch.close();
  }
}
