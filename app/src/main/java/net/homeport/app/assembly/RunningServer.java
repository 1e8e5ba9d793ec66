package net.homeport.app.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.homeport.app.config.ServeSettings;
import net.homeport.nameserver.certificate.CertificateFileException;
import net.homeport.nameserver.query.Asker;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.ListenException;
import net.homeport.nameserver.socket.ListenFailure;
import net.homeport.nameserver.socket.Transport;
import net.homeport.registry.catalog.Catalogs;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.enrolment.Enrolments;
import net.homeport.registry.history.ZoneHistory;
import net.homeport.registry.host.HostRegistry;
import net.homeport.registry.host.RegistryStoreException;
import net.homeport.registry.host.ZoneRoles;
import net.homeport.registry.key.SecretCipher;
import net.homeport.registry.peer.SecondaryRegistry;
import net.homeport.registry.secondary.MirroredZones;
import net.homeport.registry.zone.SerialPolicies;
import net.homeport.registry.zone.ZoneRegistry;
import net.homeport.store.backup.Backup;
import net.homeport.store.folder.DataFolder;
import net.homeport.store.folder.DataFolderException;
import net.homeport.store.sqlite.SqliteCatalogStore;
import net.homeport.store.sqlite.SqliteChangeLog;
import net.homeport.store.sqlite.SqliteCheck;
import net.homeport.store.sqlite.SqliteDatabase;
import net.homeport.store.sqlite.SqliteHistory;
import net.homeport.store.sqlite.SqliteJournal;
import net.homeport.store.sqlite.SqliteMirroredZoneStore;
import net.homeport.store.sqlite.SqliteRejectedAttempts;
import net.homeport.store.sqlite.SqliteSecondaryStore;
import net.homeport.store.sqlite.SqliteSerialPolicyStore;
import net.homeport.web.WebAddressException;
import net.homeport.web.WebListener;
import net.homeport.web.api.ApiHandler;
import net.homeport.web.api.ApiModel.CertificateView;
import net.homeport.web.api.ApiResource;
import net.homeport.web.api.BackupResource;
import net.homeport.web.api.CatalogResource;
import net.homeport.web.api.CheckResource;
import net.homeport.web.api.EnrolmentResource;
import net.homeport.web.api.ExplainResource;
import net.homeport.web.api.HistoryResource;
import net.homeport.web.api.KeyResource;
import net.homeport.web.api.SecondaryResource;
import net.homeport.web.api.StatusResource;
import net.homeport.web.api.ZoneResource;
import net.homeport.web.console.ConsoleChanges;
import net.homeport.web.console.ConsoleHandlers;
import net.homeport.web.doh.DohHandler;
import net.homeport.web.enrol.EnrolHandler;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.http.Origins;
import net.homeport.web.https.WebTls;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.update.ZoneChange;
import net.homeport.zone.writer.ZoneWriter;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that answers, from {@link #start} to {@link #close}. All wiring of the house stands
 * here, in the order in which the rooms depend on each other.
 */
public final class RunningServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private @Nullable NameServers nameServers;
  private @Nullable WebListener web;
  private @Nullable EncryptedListeners encrypted;
  private @Nullable GnuDipDoor gnuDip;
  private @Nullable ZoneWriter writer;
  private @Nullable HostRegistry hosts;
  private volatile @Nullable Secondaries secondaries;
  private volatile @Nullable Catalogs catalogs;
  private Optional<String> newToken = Optional.empty();

  private RunningServer() {}

  /**
   * Opens the store, loads what it holds, listens, and leaves the note by which commands find it.
   *
   * @throws StartException which says what a person can do; nothing is left open then
   */
  public static RunningServer start(ServeSettings settings) throws StartException {
    var server = new RunningServer();
    try {
      server.assemble(settings);
      return server;
    } catch (DataFolderException
        | ListenException
        | RegistryStoreException
        | CertificateFileException e) {
      server.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      server.close();
      throw new StartException(
          "cannot start on the data folder %s: %s".formatted(settings.data(), e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private void assemble(ServeSettings settings)
      throws DataFolderException, CertificateFileException, IOException {
    DataFolder folder = opened(DataFolder.open(settings.data()));
    folder.cleanUp().forEach(LOG::info);
    SqliteDatabase database = opened(SqliteDatabase.open(folder.database()));
    byte[] key = ServerKey.of(folder, random);
    var hasher = new SecretHasher(key, random);
    newToken = AdministratorToken.createIfAbsent(database, folder, hasher);
    var token = AdministratorToken.of(database, hasher);

    var journal = new SqliteJournal(database, settings.historyMegabytes() * 1024L * 1024);
    ZoneSnapshot initial = journal.load(random.nextLong());
    var changes = new ConsoleChanges();
    var serials = new SerialPolicies(new SqliteSerialPolicyStore(database), clock);
    ZoneWriter zoneWriter =
        opened(
            new ZoneWriter(
                initial,
                journal.leases(),
                journal,
                serials,
                batch -> committed(batch, changes),
                new JournalFailures(clock)));
    writer = zoneWriter;
    Supplier<ZoneSnapshot> zones = zoneWriter::snapshot;
    // Closed before the writer's database, after everything that submits.
    opened(new Checkpoints(journal, zones));
    opened(new LeaseExpiry(zoneWriter, clock));

    var mirrored =
        new MirroredZones(
            new SqliteMirroredZoneStore(database), name -> zones.get().zone(name) != null);
    Catalogs lists =
        opened(new Catalogs(new SqliteCatalogStore(database), zoneWriter, mirrored, clock));
    catalogs = lists;
    var roles = ZoneRoles.of(mirrored, lists);
    var rejected = opened(new SqliteRejectedAttempts(database));
    HostDesk desk =
        opened(
            new HostDesk(
                database,
                zoneWriter,
                roles,
                journal,
                new HostDesk.Secrets(hasher, new SecretCipher(key, random), token, random),
                rejected,
                clock));
    HostRegistry registry = desk.registry();
    hosts = registry;
    var history =
        new ZoneHistory(
            zoneWriter,
            new SqliteHistory(database),
            roles,
            name -> desk.veto().against(name) != null);
    var zoneRegistry = new ZoneRegistry(zoneWriter, registry, roles, serials, clock);

    var updateKeys =
        UpdateKeys.open(
            database, key, zoneWriter, roles, clock, random, rejected, desk.judge(), desk.heard());
    registry.whenLeaving(updateKeys.registry()::hostLeaving);
    Mirrors mirrors =
        opened(Mirrors.open(mirrored, zoneWriter, updateKeys.tsigKeys(), clock, random));

    var secondaryRegistry =
        new SecondaryRegistry(new SqliteSecondaryStore(database), updateKeys.registry()::key);
    Secondaries peers =
        opened(
            new Secondaries(
                secondaryRegistry,
                zones,
                new SqliteChangeLog(database),
                updateKeys.tsigKeys(),
                notifySources(settings),
                random,
                clock));
    secondaries = peers;
    NameServers servers =
        opened(
            NameServers.open(
                settings,
                zones,
                updateKeys.doors(mirrors.notifies()),
                peers.transfers(),
                key,
                clock,
                random));
    nameServers = servers;
    EncryptedListeners tls =
        opened(
            EncryptedListeners.open(
                settings.tls(), folder, clock, random, servers.streamAnswers(Asker.Carrier.TLS)));
    encrypted = tls;

    var clientAddress = new ClientAddress(settings.trustedProxies());
    Map<PathSpec, Handler> routes =
        new HashMap<>(
            ConsoleHandlers.routes(
                desk.shown(zoneRegistry, history), changes, clientAddress, token, clock, random));
    routes.putAll(FrontDoors.routes(desk, clientAddress));
    routes.putAll(FreeDnsDoor.routes(settings.freeDnsLogins(), desk, clientAddress, clock));
    Enrolments enrolments = desk.credentials().enrolments(updateKeys.registry(), rejected);
    routes.put(
        new ServletPathSpec(EnrolmentResource.PATH),
        new EnrolHandler(enrolments, new Origins(clientAddress)));
    Map<String, ApiResource> resources = new HashMap<>(desk.resources());
    resources.put("zones", new ZoneResource(zoneRegistry, mirrored));
    resources.put(
        "secondaries",
        new SecondaryResource(
            secondaryRegistry, peers::status, zoneRegistry, lists, updateKeys.registry()::key));
    resources.put("catalogs", new CatalogResource(lists, zoneRegistry));
    resources.put(
        "backup", new BackupResource(out -> Backup.write(database, folder, clock.instant(), out)));
    resources.put(
        "check",
        new CheckResource(
            new SqliteCheck(database, zones, UpdateKeys.decryption(database, key, clock, random))));
    resources.put(
        "history",
        new HistoryResource(history, rejected, desk.registry(), desk.people().details()));
    resources.put(
        "enrolments", new EnrolmentResource(enrolments, desk.registry(), desk.people().details()));
    resources.put("keys", new KeyResource(updateKeys.registry()));
    resources.put(
        "explain",
        new ExplainResource(updateKeys.registry(), updateKeys.updates()).or(desk.explanations()));
    resources.put(
        "status",
        new StatusResource(
            ProgramVersion.text(),
            this::dnsAddresses,
            this::dotAddresses,
            this::stunAddresses,
            this::webUrls,
            this::certificate,
            zoneRegistry,
            registry));
    routes.put(
        new ServletPathSpec(ApiHandler.PREFIX + "*"),
        new ApiHandler(desk.people().access(), clientAddress, clock, resources));
    routes.put(
        new ServletPathSpec(DohHandler.PATH),
        new DohHandler(
            (message, client) -> servers.answer(message, new Asker(client, Asker.Carrier.HTTPS)),
            clientAddress));
    GnuDipDoor door = opened(GnuDipDoor.open(settings.gnuDip(), desk, clock));
    gnuDip = door;
    routes.putAll(door.routes(desk, clientAddress));
    web = opened(listenWeb(settings.web(), tls.web(), routes));
    peers.tellAll();
    lists.start();

    folder.writeNote(
        RunningNote.of(ProcessHandle.current().pid(), webUrls(), dnsAddresses()).json());
  }

  private void committed(List<ZoneChange> batch, ConsoleChanges changes) {
    Secondaries peers = secondaries;
    if (peers != null) {
      peers.committed(batch);
    }
    Catalogs lists = catalogs;
    if (lists != null) {
      lists.committed(batch);
    }
    changes.changed();
  }

  /** Where zones can be fetched is where secondaries expect to be told from. */
  private static List<InetAddress> notifySources(ServeSettings settings) {
    return settings.dns().stream()
        .map(InetSocketAddress::getAddress)
        .filter(address -> !address.isAnyLocalAddress())
        .toList();
  }

  private static WebListener listenWeb(
      List<InetSocketAddress> addresses, @Nullable WebTls tls, Map<PathSpec, Handler> routes) {
    try {
      return WebListener.open(addresses, tls, routes);
    } catch (WebAddressException e) {
      var endpoint = new Endpoint(e.isSecure() ? Transport.HTTPS : Transport.HTTP, e.address());
      throw ListenFailure.of(endpoint, e.reason()).toException(endpoint, e.reason());
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** The administrator's token, if this start made it: to be shown once. */
  public Optional<String> newToken() {
    return newToken;
  }

  /** Where DNS is served, as {@code ADDRESS:PORT}. */
  public List<String> dnsAddresses() {
    NameServers servers = nameServers;
    return servers == null ? List.of() : servers.dnsAddresses();
  }

  /** Where STUN is served, as {@code ADDRESS:PORT}; often nowhere. */
  public List<String> stunAddresses() {
    NameServers servers = nameServers;
    return servers == null ? List.of() : servers.stunAddresses();
  }

  /** Where GnuDIP is spoken, as {@code ADDRESS:PORT}. */
  public List<String> gnuDipAddresses() {
    GnuDipDoor door = gnuDip;
    return door == null ? List.of() : door.addresses();
  }

  /** Where DNS over TLS is served, as {@code ADDRESS:PORT}. */
  public List<String> dotAddresses() {
    EncryptedListeners listeners = encrypted;
    return listeners == null ? List.of() : listeners.dotAddresses();
  }

  /** The certificate of what is served within TLS; null if nothing is. */
  public @Nullable CertificateView certificate() {
    EncryptedListeners listeners = encrypted;
    return listeners == null ? null : listeners.certificate();
  }

  /** Where the web is served; what is served in clear comes first. */
  public List<String> webUrls() {
    WebListener listener = web;
    return listener == null ? List.of() : listener.urls();
  }

  /** Number of zones. */
  public int zoneCount() {
    ZoneWriter zoneWriter = writer;
    return zoneWriter == null ? 0 : zoneWriter.snapshot().zoneCount();
  }

  /** Number of hosts. */
  public int hostCount() {
    HostRegistry registry = hosts;
    return registry == null ? 0 : registry.hostCount();
  }

  /** Stops in reverse order: no new requests, then the last commits, then the store. */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("not everything could be closed", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
