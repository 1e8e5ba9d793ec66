package net.homeport.app.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.homeport.app.config.SocketAddressText;
import net.homeport.app.config.TlsSettings;
import net.homeport.nameserver.certificate.CertificateFileException;
import net.homeport.nameserver.certificate.CertificateFiles;
import net.homeport.nameserver.certificate.ReloadingCertificate;
import net.homeport.nameserver.certificate.SelfSignedCertificate;
import net.homeport.nameserver.certificate.ServerCertificate;
import net.homeport.nameserver.socket.Endpoint;
import net.homeport.nameserver.socket.Transport;
import net.homeport.nameserver.tcp.MessageHandler;
import net.homeport.nameserver.tcp.TcpLimits;
import net.homeport.nameserver.tcp.TcpListener;
import net.homeport.nameserver.tls.TlsStreams;
import net.homeport.store.folder.DataFolder;
import net.homeport.web.api.ApiModel.CertificateView;
import net.homeport.web.https.WebTls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is served within TLS: one certificate, the listeners of DNS over TLS, and the web's part.
 */
final class EncryptedListeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EncryptedListeners.class);

  private final TlsSettings settings;
  private final InstantSource clock;
  private final @Nullable ReloadingCertificate certificate;
  private final List<TcpListener> dot = new ArrayList<>();

  private EncryptedListeners(
      TlsSettings settings, InstantSource clock, @Nullable ReloadingCertificate certificate) {
    this.settings = settings;
    this.clock = clock;
    this.certificate = certificate;
  }

  /**
   * Loads or makes the certificate, and serves DNS over TLS, if anything is wanted within TLS.
   *
   * @param messages answers what comes over TLS
   */
  static EncryptedListeners open(
      TlsSettings settings,
      DataFolder folder,
      InstantSource clock,
      SecureRandom random,
      MessageHandler messages)
      throws CertificateFileException, IOException {
    if (!settings.isWanted()) {
      return new EncryptedListeners(settings, clock, null);
    }
    KeyExchangeProvider.install();
    CertificateFiles files =
        settings.certificate().isPresent()
            ? settings.certificate().get()
            : selfSigned(settings, folder, clock, random);
    var certificate = ReloadingCertificate.open(files, clock, random);
    var listeners = new EncryptedListeners(settings, clock, certificate);
    try {
      var streams = new TlsStreams(certificate::context);
      for (InetSocketAddress address : settings.dot()) {
        listeners.dot.add(
            TcpListener.open(
                new Endpoint(Transport.DOT, address),
                streams,
                messages,
                TcpLimits.DEFAULTS,
                System::nanoTime));
      }
      return listeners;
    } catch (RuntimeException | Error e) {
      listeners.close();
      throw e;
    }
  }

  /** The certificate of our own making, which is made when it is wanted for the first time. */
  private static CertificateFiles selfSigned(
      TlsSettings settings, DataFolder folder, InstantSource clock, SecureRandom random)
      throws IOException {
    Path file = folder.selfSignedCertificate();
    if (!Files.exists(file)) {
      Set<InetAddress> addresses = new LinkedHashSet<>();
      addresses.add(InetAddress.ofLiteral("127.0.0.1"));
      addresses.add(InetAddress.ofLiteral("::1"));
      Stream.concat(settings.dot().stream(), settings.https().stream())
          .map(InetSocketAddress::getAddress)
          .filter(address -> !address.isAnyLocalAddress())
          .forEach(addresses::add);
      var made =
          SelfSignedCertificate.create(List.of("localhost"), addresses, clock.instant(), random);
      folder.writeSelfSignedCertificate(made.certificate() + made.key());
      LOG.info(
          "made a self-signed certificate in {}: fit to try out; for clients that do not know it, name a real one by --tls-certificate and --tls-key",
          file);
    }
    return new CertificateFiles(file, file);
  }

  /** What the web serves within TLS; null if nothing. */
  @Nullable WebTls web() {
    ReloadingCertificate present = certificate;
    return present == null || settings.https().isEmpty()
        ? null
        : new WebTls(
            settings.https(),
            TlsStreams.PROTOCOLS,
            TlsStreams.CIPHER_SUITES,
            present.context(),
            present::onReload);
  }

  /** Where DNS over TLS is served, as {@code ADDRESS:PORT}. */
  List<String> dotAddresses() {
    return dot.stream().map(listener -> SocketAddressText.of(listener.localAddress())).toList();
  }

  /** The certificate, for the status; null without one. */
  @Nullable CertificateView certificate() {
    ReloadingCertificate present = certificate;
    if (present == null) {
      return null;
    }
    ServerCertificate now = present.certificate();
    return new CertificateView(
        now.names(),
        now.isSelfSigned(),
        now.notAfter().toString(),
        Duration.between(clock.instant(), now.notAfter()).toDays(),
        present.endsSoon(),
        now.fingerprint(),
        now.pin());
  }

  @Override
  public void close() {
    dot.forEach(TcpListener::close);
    if (certificate != null) {
      certificate.close();
    }
  }
}
