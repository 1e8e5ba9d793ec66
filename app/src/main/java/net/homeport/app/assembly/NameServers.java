package net.homeport.app.assembly;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.homeport.app.config.NameServerOptions;
import net.homeport.app.config.ServeSettings;
import net.homeport.app.config.SocketAddressText;
import net.homeport.nameserver.cookie.CookieSecret;
import net.homeport.nameserver.cookie.CookieSecrets;
import net.homeport.nameserver.cookie.ServerCookies;
import net.homeport.nameserver.listen.DnsListeners;
import net.homeport.nameserver.query.Asker;
import net.homeport.nameserver.query.DatagramAnswers;
import net.homeport.nameserver.query.DatagramRequests;
import net.homeport.nameserver.query.FullLane;
import net.homeport.nameserver.query.NameServerSettings;
import net.homeport.nameserver.query.RequestDoors;
import net.homeport.nameserver.query.Requests;
import net.homeport.nameserver.query.ResponseRateLimit;
import net.homeport.nameserver.query.StreamAnswers;
import net.homeport.nameserver.stun.BindingResponder;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.transfer.TransferHandler;
import net.homeport.nameserver.transfer.ZoneTransfers;
import net.homeport.nameserver.udp.UdpListener;
import net.homeport.zone.ZoneSnapshot;
import org.jspecify.annotations.Nullable;

/** All that serves DNS, and STUN beside it: one set of answers, and a listener for each address. */
final class NameServers implements AutoCloseable {
  /** How often to see whether the cookies need another secret. */
  private static final Duration COOKIE_CHECK = Duration.ofMinutes(1);

  private final List<DnsListeners> dns = new ArrayList<>();
  private final List<UdpListener> stun = new ArrayList<>();
  private final ScheduledExecutorService secrets =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cookie-secrets").factory());

  private final Supplier<ZoneSnapshot> zones;
  private final NameServerSettings answers;
  private final FullLane fullLane;
  private final Requests requests;
  private final ZoneTransfers transfers;

  private NameServers(
      NameServerOptions options,
      Supplier<ZoneSnapshot> zones,
      ServerCookies cookies,
      RequestDoors doors,
      ZoneTransfers transfers,
      InstantSource clock) {
    this.transfers = transfers;
    this.zones = zones;
    this.answers =
        new NameServerSettings(
            options.identity(),
            options.showVersion()
                ? Optional.of("Homeport " + ProgramVersion.text())
                : Optional.empty(),
            options.whoami(),
            TcpLimits.DEFAULTS.idle(),
            cookies,
            clock);
    this.fullLane = new FullLane(zones, answers);
    this.requests = new Requests(zones, fullLane, answers, transfers::answerDatagram, doors);
  }

  /**
   * Listens on every address.
   *
   * @param doors who decides what requestors may
   * @param transfers answers those who ask for a zone
   * @param key kept with the data, secret: makes the cookies' secrets
   * @throws net.homeport.nameserver.socket.ListenException if a port cannot be had; nothing is left
   *     open then
   */
  static NameServers open(
      ServeSettings settings,
      Supplier<ZoneSnapshot> zones,
      RequestDoors doors,
      ZoneTransfers transfers,
      byte[] key,
      InstantSource clock,
      SecureRandom random) {
    var daily = new CookieSecrets(key);
    Supplier<List<CookieSecret>> secrets =
        settings
            .nameServer()
            .cookieSecretFile()
            .<Supplier<List<CookieSecret>>>map(file -> file::current)
            .orElse(() -> daily.at(clock.instant()));
    var cookies = new ServerCookies(secrets.get());
    var servers = new NameServers(settings.nameServer(), zones, cookies, doors, transfers, clock);
    try {
      servers.keepFresh(cookies, secrets);
      servers.listen(settings, clock, random);
      return servers;
    } catch (RuntimeException | Error e) {
      servers.close();
      throw e;
    }
  }

  private void listen(ServeSettings settings, InstantSource clock, SecureRandom random) {
    NameServerOptions options = settings.nameServer();
    var limit =
        new ResponseRateLimit(
            options.rateLimit(),
            options.rateLimitSlip(),
            options.rateLimitExempt(),
            random.nextLong());
    var later = new DatagramRequests(requests);
    for (InetSocketAddress address : settings.dns()) {
      dns.add(
          DnsListeners.open(
              address,
              settings.udpWorkers(),
              () -> new DatagramAnswers(zones, fullLane, answers, later, limit),
              streamAnswers(Asker.Carrier.TCP),
              TcpLimits.DEFAULTS));
    }
    for (InetSocketAddress address : options.stun()) {
      stun.add(UdpListener.open(address, 1, () -> new BindingResponder(limit, clock)));
    }
  }

  private void keepFresh(ServerCookies cookies, Supplier<List<CookieSecret>> current) {
    var ignored =
        secrets.scheduleWithFixedDelay(
            () -> cookies.use(current.get()),
            COOKIE_CHECK.toSeconds(),
            COOKIE_CHECK.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** Answers for streams of this kind. */
  MessageHandler streamAnswers(Asker.Carrier carrier) {
    var queries = new StreamAnswers(zones, fullLane, answers, requests, carrier);
    return new TransferHandler(transfers, queries);
  }

  /** The answer to one message, or null for none; see {@link FullLane#answer}. */
  byte @Nullable [] answer(byte[] message, Asker asker) {
    return requests.concern(message)
        ? requests.answered(message, asker)
        : fullLane.answer(message, asker);
  }

  /** Where DNS is served, as {@code ADDRESS:PORT}. */
  List<String> dnsAddresses() {
    return dns.stream().map(listeners -> SocketAddressText.of(listeners.localAddress())).toList();
  }

  /** Where STUN is served. */
  List<String> stunAddresses() {
    return stun.stream().map(listener -> SocketAddressText.of(listener.localAddress())).toList();
  }

  @Override
  public void close() {
    secrets.shutdownNow();
    try {
      dns.forEach(DnsListeners::close);
    } finally {
      stun.forEach(UdpListener::close);
    }
  }
}
