package net.homeport.nameserver.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ListenFailureTest {

  private static final Endpoint DOMAIN =
      new Endpoint(Transport.UDP, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53));
  private final IOException cause = new BindException("because");

  @Test
  void aBusyPortSaysWhatToDo() {
    ListenException failure = ListenFailure.IN_USE.toException(DOMAIN, cause);

    assertThat(failure)
        .isInstanceOf(PortInUseException.class)
        .hasMessageContaining("UDP 127.0.0.1:53 is in use by ")
        .hasMessageContaining("Stop that program, or choose another address or port with --dns")
        .hasMessageContaining("--dns 127.0.0.1:5300.")
        .hasCause(cause);
    assertThat(failure.endpoint()).isEqualTo(DOMAIN);
  }

  @Test
  void aLowPortSaysWhichPrivilegeItNeeds() {
    assertThat(ListenFailure.FORBIDDEN.toException(DOMAIN, cause))
        .isInstanceOf(PortForbiddenException.class)
        .hasMessageContaining("CAP_NET_BIND_SERVICE")
        .hasMessageContaining("above 1023");
  }

  @Test
  void aHighPortForbiddenIsNotBlamedOnItsNumber() {
    Endpoint high =
        new Endpoint(
            Transport.TCP, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5353));

    assertThat(ListenFailure.FORBIDDEN.toException(high, cause))
        .hasMessageContaining("TCP 127.0.0.1:5353")
        .hasMessageContaining("security policy")
        .hasMessageNotContaining("1024");
  }

  @Test
  void aForeignAddressListsThoseOfThisMachine() {
    Endpoint foreign =
        new Endpoint(
            Transport.UDP, new InetSocketAddress(InetAddress.ofLiteral("203.0.113.250"), 53));

    assertThat(ListenFailure.NOT_LOCAL.toException(foreign, cause))
        .isInstanceOf(AddressNotLocalException.class)
        .hasMessageContaining("203.0.113.250 is not an address of this machine")
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void anythingElseGivesTheSystemsReason() {
    assertThat(ListenFailure.OTHER.toException(DOMAIN, new IOException("no more sockets")))
        .isInstanceOf(ListenFailedException.class)
        .hasMessageContaining("no more sockets");
  }

  @Test
  void recognisesWhatTheJdkSays() {
    assertThat(ListenFailure.of(DOMAIN, new BindException("Address already in use")))
        .isEqualTo(ListenFailure.IN_USE);
    assertThat(ListenFailure.of(DOMAIN, new BindException("Permission denied")))
        .isEqualTo(ListenFailure.FORBIDDEN);
    assertThat(ListenFailure.of(DOMAIN, new BindException("Cannot assign requested address")))
        .isEqualTo(ListenFailure.NOT_LOCAL);
    assertThat(ListenFailure.of(DOMAIN, new SocketException("Too many open files")))
        .isEqualTo(ListenFailure.OTHER);
  }

  @Test
  void recognisesAForeignAddressInAnyLanguage() {
    Endpoint foreign =
        new Endpoint(
            Transport.UDP, new InetSocketAddress(InetAddress.ofLiteral("203.0.113.250"), 53));

    assertThat(ListenFailure.of(foreign, new BindException("Adresse nicht verfügbar")))
        .isEqualTo(ListenFailure.NOT_LOCAL);
  }
}
