package net.homeport.web.doh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.homeport.web.WebListener;
import net.homeport.web.http.ClientAddress;
import net.homeport.web.https.WebTls;
import net.homeport.zone.address.AddressBlock;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;

/** DNS over HTTPS on loopback, and in clear beside it, before an answerer of the test's. */
public final class DohFixture implements AutoCloseable {

  private static final char[] PASSWORD = "password".toCharArray();

  private final AtomicReference<Consumer<SSLContext>> reload = new AtomicReference<>(_ -> {});
  private final WebListener listener;

  private DohFixture(DohHandler.Answerer answerer, SSLContext certificate, String... proxies)
      throws Exception {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var clientAddress =
        new ClientAddress(List.of(proxies).stream().map(AddressBlock::parse).toList());
    listener =
        WebListener.open(
            List.of(loopback),
            new WebTls(
                List.of(loopback),
                List.of("TLSv1.3"),
                List.of("TLS_AES_128_GCM_SHA256"),
                certificate,
                reload::set),
            Map.of(new ServletPathSpec(DohHandler.PATH), new DohHandler(answerer, clientAddress)));
  }

  public static DohFixture start(
      DohHandler.Answerer answerer, SSLContext certificate, String... proxies) throws Exception {
    return new DohFixture(answerer, certificate, proxies);
  }

  /** The certificate that replaces the first. */
  public void reload(SSLContext next) {
    reload.get().accept(next);
  }

  public URI http() {
    return URI.create(listener.urls().getFirst());
  }

  public URI https() {
    return URI.create(listener.urls().getLast());
  }

  @Override
  public void close() {
    listener.close();
  }

  /** A certificate with a new key, which the JDK's own tool makes. */
  public static SSLContext certificate(Path folder, String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[0], null);
    return context;
  }

  /** A client that trusts everybody. */
  public static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    return context;
  }

  public static HttpClient client(HttpClient.Version version) throws GeneralSecurityException {
    return HttpClient.newBuilder().version(version).sslContext(trusting()).build();
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
