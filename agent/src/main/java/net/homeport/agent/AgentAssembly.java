package net.homeport.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import net.homeport.agent.address.AddressMonitor;
import net.homeport.agent.address.AddressSelection;
import net.homeport.agent.address.AddressSource;
import net.homeport.agent.address.CheckIpSource;
import net.homeport.agent.address.InterfaceAddresses;
import net.homeport.agent.address.InterfaceSource;
import net.homeport.agent.http.BoundedGet;
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
        source(configuration, http, clock),
        publication,
        new Confirmation(configuration.dnsServers(), clock),
        clock);
  }

  // The monitor listens from here on, before anything is read: no change falls in between.
  private static AddressSource source(
      AgentConfiguration configuration, BoundedGet http, InstantSource clock) {
    var selection =
        new AddressSelection(
            configuration.interfaceName(), configuration.families(), configuration.allowPrivate());
    AddressMonitor monitor = AddressMonitor.ofThisMachine();
    return switch (configuration.source()) {
      case INTERFACE -> new InterfaceSource(monitor, InterfaceAddresses.ofThisMachine(), selection);
      case CHECKIP ->
          new CheckIpSource(
              monitor,
              http,
              configuration.checkipPages(),
              selection,
              configuration.checkipInterval(),
              clock);
    };
  }
}
