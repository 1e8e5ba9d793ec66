package net.homeport.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import net.homeport.agent.http.BoundedGet;

/**
 * A page that answers the address of whoever asks for it. It sees the family of the connection
 * only, so to learn both families there are two pages, one whose name has no AAAA record and one
 * whose name has no A record.
 */
public final class CheckIpPage implements Mirror {
  private final BoundedGet http;
  private final URI page;

  public CheckIpPage(BoundedGet http, URI page) {
    this.http = http;
    this.page = page;
  }

  @Override
  public String name() {
    return page.getHost();
  }

  @Override
  public Optional<AddressFamily> family() {
    return Optional.empty();
  }

  @Override
  public InetAddress ask() throws IOException, InterruptedException {
    BoundedGet.Answer answer = http.get(page, Map.of("Accept", "text/plain, */*;q=0.5"));
    if (answer.status() != 200) {
      throw new IOException("answered HTTP " + answer.status());
    }
    return CheckIpAnswer.parse(answer.body())
        .orElseThrow(() -> new IOException("answered something else than an address"));
  }
}
