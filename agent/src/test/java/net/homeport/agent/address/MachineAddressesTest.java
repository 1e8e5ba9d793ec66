package net.homeport.agent.address;

import static net.homeport.agent.fake.Addresses.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Every machine has the loopback address, whoever is asked for it. */
final class MachineAddressesTest {
  @Test
  void theJdkListsLoopback() throws IOException {
    assertThat(texts(new PortableInterfaceAddresses().read())).contains("127.0.0.1");
  }

  @Test
  void thisMachineHasLoopback() throws IOException {
    assertThat(texts(InterfaceAddresses.ofThisMachine().read())).contains("127.0.0.1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theKernelListsLoopbackOnLo() throws IOException {
    assertThat(new KernelInterfaceAddresses().read())
        .anySatisfy(candidate -> {
          assertThat(candidate.interfaceName()).isEqualTo("lo");
          assertThat(candidate.address()).isEqualTo(address("127.0.0.1"));
          assertThat(candidate.flags()).isEmpty();
        });
  }

  private static List<String> texts(List<CandidateAddress> candidates) {
    return candidates.stream().map(one -> AddressText.format(one.address())).toList();
  }
}
