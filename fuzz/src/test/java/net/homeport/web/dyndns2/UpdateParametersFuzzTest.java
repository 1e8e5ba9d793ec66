package net.homeport.web.dyndns2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;
import net.homeport.zone.address.AddressText;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** Parameters of update requests of any octets: read, or refused by the words of the protocol. */
final class UpdateParametersFuzzTest {

  // It does not see that a nested type of another module may be null.
  @SuppressWarnings("NullAway")
  @FuzzTest(maxDuration = "60s")
  void anyParameters(byte[] octets) {
    var fields = new Fields(true);
    try {
      UrlEncoded.decodeTo(new String(octets, UTF_8), fields::add, UTF_8);
    } catch (IllegalArgumentException e) {
      return; // the front door answers 400
    }
    var request =
        new DoorRequest(
            "/nic/update", fields, "", null, null, false, null, InetAddress.getLoopbackAddress());
    Question question = new Dyndns2Dialect().read(request);
    assertThat(question.wishes()).allMatch(wish -> !wish.hostName().contains(","));
    for (String address : question.spelling().split(",", -1)) {
      InetAddress parsed = AddressText.parse(address);
      if (parsed != null) {
        assertThat(AddressText.parse(AddressText.of(parsed))).isEqualTo(parsed);
      }
    }
  }
}
