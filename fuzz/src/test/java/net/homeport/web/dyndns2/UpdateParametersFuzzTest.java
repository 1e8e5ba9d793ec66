package net.homeport.web.dyndns2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** Parameters of update requests of any octets: read, or refused by the words of the protocol. */
final class UpdateParametersFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void anyParameters(byte[] octets) {
    var fields = new Fields(true);
    try {
      UrlEncoded.decodeTo(new String(octets, UTF_8), fields::add, UTF_8);
    } catch (IllegalArgumentException e) {
      return; // the front door answers 400
    }
    Dyndns2Query query = Dyndns2Query.of(fields);
    assertThat(query.hostNames()).allMatch(name -> !name.isEmpty() && !name.contains(","));
    for (String address : query.spelling().split(",", -1)) {
      InetAddress parsed = AddressText.parse(address);
      if (parsed != null) {
        assertThat(AddressText.parse(AddressText.of(parsed))).isEqualTo(parsed);
      }
    }
  }
}
