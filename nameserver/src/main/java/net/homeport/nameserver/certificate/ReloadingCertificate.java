package net.homeport.nameserver.certificate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import net.homeport.nameserver.certificate.CertificateFiles.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that follows its files: when they change, new connections get the new one, and
 * those that exist go on. Files that cannot be used change nothing. Safe for use from any thread.
 *
 * <p>The files are read whole, every few seconds: that sees every way in which tools replace them,
 * also behind symbolic links, and never trusts a clock of the file system.
 */
public final class ReloadingCertificate implements AutoCloseable {

  /** How often to look at the files. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How long before its end a certificate that nobody renews is worth a warning. */
  public static final Duration WARNING = Duration.ofDays(21);

  private static final Duration WARN_AGAIN = Duration.ofDays(1);

  private final Logger logger;
  private final CertificateFiles files;
  private final InstantSource clock;
  private final SecureRandom random;
  private final List<Consumer<SSLContext>> listeners = new CopyOnWriteArrayList<>();
  private final Thread watching;

  private volatile ServerCertificate certificate;
  private volatile SSLContext context;
  private volatile boolean closed;

  // Of the watching thread alone.
  private Content loaded;
  private @Nullable String trouble;
  private boolean troubleIsLogged;
  private @Nullable Instant lastWarning;

  private ReloadingCertificate(
      CertificateFiles files,
      Content content,
      InstantSource clock,
      SecureRandom random,
      Logger logger)
      throws CertificateFileException {
    this.files = files;
    this.clock = clock;
    this.random = random;
    this.logger = logger;
    this.loaded = content;
    this.certificate = files.parse(content);
    this.context = certificate.context(random);
    this.watching = Thread.ofVirtual().name("certificate").unstarted(this::watch);
  }

  /**
   * Loads the certificate, and begins to watch its files.
   *
   * @throws CertificateFileException if they cannot be used
   */
  public static ReloadingCertificate open(
      CertificateFiles files, InstantSource clock, SecureRandom random)
      throws CertificateFileException {
    ReloadingCertificate opened =
        load(files, clock, random, LoggerFactory.getLogger(ReloadingCertificate.class));
    opened.watching.start();
    return opened;
  }

  /** Loads the certificate; its files are looked at when {@link #check} is called. */
  static ReloadingCertificate load(
      CertificateFiles files, InstantSource clock, SecureRandom random, Logger logger)
      throws CertificateFileException {
    var loaded = new ReloadingCertificate(files, files.content(), clock, random, logger);
    logger.info("{}", loaded.certificate);
    loaded.warnOfItsEnd();
    return loaded;
  }

  /** The present certificate. */
  public ServerCertificate certificate() {
    return certificate;
  }

  /** The present certificate for new connections; the same object until it is replaced. */
  public SSLContext context() {
    return context;
  }

  /** Tells of each new context; on a thread that must not be held up for long. */
  public void onReload(Consumer<SSLContext> listener) {
    listeners.add(listener);
  }

  /** Whether it ends within {@link #WARNING}, or has ended. */
  public boolean endsSoon() {
    return clock.instant().plus(WARNING).isAfter(certificate.notAfter());
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(INTERVAL);
        check();
      } catch (InterruptedException e) {
        // by close(), which the loop sees
      } catch (RuntimeException e) {
        logger.error("the certificate's files cannot be watched", e);
      }
    }
  }

  /** Looks at the files, and takes what they hold if that is new and can be used. */
  void check() {
    warnOfItsEnd();
    try {
      Content content = files.content();
      if (content.equals(loaded)) {
        trouble = null;
        return;
      }
      ServerCertificate next = files.parse(content);
      SSLContext nextContext = next.context(random);
      certificate = next;
      context = nextContext;
      loaded = content;
      trouble = null;
      lastWarning = null;
      logger.info("reloaded: {}", next);
      listeners.forEach(listener -> listener.accept(nextContext));
    } catch (CertificateFileException e) {
      // Of two files one changes first: only what is still so at the next look is told, once.
      String found = String.valueOf(e.getMessage());
      if (!found.equals(trouble)) {
        trouble = found;
        troubleIsLogged = false;
      } else if (!troubleIsLogged) {
        troubleIsLogged = true;
        logger.warn("the certificate is kept as it was, since its files changed but {}", found);
      }
    }
  }

  private void warnOfItsEnd() {
    Instant now = clock.instant();
    Instant last = lastWarning;
    if (!endsSoon() || (last != null && now.isBefore(last.plus(WARN_AGAIN)))) {
      return;
    }
    lastWarning = now;
    Instant end = certificate.notAfter();
    if (now.isAfter(end)) {
      logger.warn(
          "the certificate in {} expired at {}: clients refuse it; renew it",
          files.certificate(),
          end);
    } else {
      String days = String.format(Locale.ROOT, "%d days", Duration.between(now, end).toDays());
      logger.warn(
          "the certificate in {} expires in {}, at {}; has its renewal failed?",
          files.certificate(),
          days,
          end);
    }
  }

  /** Stops watching; the present certificate remains. */
  @Override
  public void close() {
    closed = true;
    watching.interrupt();
  }
}
