package net.homeport.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.homeport.agent.address.AddressFamily;
import net.homeport.agent.address.AddressMonitor;
import net.homeport.agent.address.AddressSelection;
import net.homeport.agent.address.AddressSource;
import net.homeport.agent.address.CheckIpPage;
import net.homeport.agent.address.InterfaceAddresses;
import net.homeport.agent.address.InterfaceSource;
import net.homeport.agent.address.Mirror;
import net.homeport.agent.address.MirrorSource;
import net.homeport.agent.http.BoundedGet;
import net.homeport.agent.mirror.StunMirror;
import net.homeport.agent.mirror.WhoamiMirror;
import net.homeport.agent.publish.Backoff;
import net.homeport.agent.publish.Confirmation;
import net.homeport.agent.publish.Dyndns2Requester;
import net.homeport.agent.publish.IntentFile;
import net.homeport.agent.publish.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts an agent together from its configuration. */
final class AgentAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(AgentAssembly.class);

  private AgentAssembly() {}

  static RandomGenerator systemRandom() {
    return new SecureRandom();
  }

  static UpdateAgent assemble(
      AgentConfiguration configuration,
      AgentEvents events,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    if ("http".equals(configuration.server().getScheme())) {
      LOG.warn("{} is not https: the password travels in the clear", configuration.server());
    }
    var http = new BoundedGet(BoundedGet::newClient);
    var publication =
        new Publication(
            configuration.server(),
            configuration.credentials(),
            configuration.hosts(),
            configuration.refresh(),
            new IntentFile(configuration.stateDirectory()),
            new Dyndns2Requester(configuration.server(), configuration.credentials(), http, clock),
            new Backoff(Backoff.FIRST, Backoff.LIMIT, random),
            clock,
            random);
    return new UpdateAgent(
        events,
        source(configuration, http, clock, random),
        publication,
        new Confirmation(configuration.dnsServers(), clock),
        clock);
  }

  // The monitor listens from here on, before anything is read: no change falls in between.
  private static AddressSource source(
      AgentConfiguration configuration,
      BoundedGet http,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    List<Mirror> mirrors = mirrors(configuration, http, random);
    var selection =
        new AddressSelection(
            configuration.interfaceName(), configuration.families(), configuration.allowPrivate());
    AddressMonitor monitor = AddressMonitor.ofThisMachine();
    return mirrors.isEmpty()
        ? new InterfaceSource(monitor, InterfaceAddresses.ofThisMachine(), selection)
        : new MirrorSource(monitor, mirrors, selection, configuration.checkipInterval(), clock);
  }

  /** Whom to ask for the address, of each family one after the other; nobody for interfaces. */
  private static List<Mirror> mirrors(
      AgentConfiguration configuration, BoundedGet http, RandomGenerator random)
      throws IOException {
    var mirrors = new ArrayList<Mirror>();
    switch (configuration.source()) {
      case INTERFACE -> {}
      case CHECKIP ->
          configuration.checkipPages().forEach(page -> mirrors.add(new CheckIpPage(http, page)));
      case WHOAMI -> {
        for (AddressFamily family : AddressFamily.values()) {
          String name = configuration.whoamiName().orElseThrow();
          mirrors.add(new WhoamiMirror(name, family, configuration.dnsServers()));
        }
      }
      case STUN -> {
        for (AddressFamily family : AddressFamily.values()) {
          configuration
              .stunServers()
              .forEach(server -> mirrors.add(new StunMirror(server, family, random)));
        }
      }
    }
    return mirrors;
  }
}
