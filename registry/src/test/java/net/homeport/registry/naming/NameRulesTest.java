package net.homeport.registry.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.IDN;
import java.util.List;
import net.homeport.registry.House;
import net.homeport.registry.host.HostAddition;
import net.homeport.registry.host.NameClaim;
import net.homeport.registry.restriction.HostPolicies;
import net.homeport.registry.restriction.MemoryPolicyStore;
import net.homeport.registry.restriction.PolicySetting;
import net.homeport.registry.restriction.Premises;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names may be hosts. */
final class NameRulesTest {
  private static final NameClaim FORCED = new NameClaim(NameClaim.ADMINISTRATOR, true, false);

  private final House house = new House("home.test.");
  private final MemoryNameStore store = new MemoryNameStore();
  private final HostPolicies policies = new HostPolicies(new MemoryPolicyStore());
  private final NameRules rules = new NameRules(store, policies);
  private final Premises premises =
      new Premises(house, new MemoryPolicyStore(), List.of(rules), List.of());

  @AfterEach
  void close() {
    house.close();
  }

  private HostAddition add(String name) {
    return premises.add(name, NameClaim.ORDINARY);
  }

  private static String ascii(String label) {
    return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED);
  }

  /** Threat 19: names that programs ask for by themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "www",
        "WWW",
        "www2",
        "mail",
        "ns",
        "ns1",
        "ns27",
        "mx",
        "autodiscover",
        "autoconfig",
        "wpad",
        "WPAD",
        "isatap",
        "localhost",
        "mta-sts",
        "postmaster",
        "_acme-challenge",
        "_dmarc",
        "_sip._tcp",
        "_acme-challenge.cam",
        "wpad.branch1",
        "localhost.branch1"
      })
  void aReservedNameIsRefusedUntilTheAdministratorInsists(String label) {
    String name = label + ".home.test.";
    assertThat(add(name))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> {
              assertThat(no.why()).contains("is reserved", "list of reserved names");
              assertThat(no.override()).isEqualTo("--force");
            });
    assertThat(premises.add(name, FORCED)).isInstanceOf(HostAddition.Added.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "branch1", "wwworks", "nsw-branch", "nas", "mailbox", "www.branch1", "mail.branch1",
        "cam01", "mta", "rootcellar", "mueller", "xn--mller-kva", "xn--80aswg", "pineapple",
        "arnazing", "ups", "router-17"
      })
  void anOrdinaryNameIsNot(String label) {
    assertThat(add(label + ".home.test.")).as(label).isInstanceOf(HostAddition.Added.class);
  }

  /** Threat 4: names that a person takes for a bank's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "paypal",
        "PayPal",
        "paypa1",
        "paypai",
        "pay-pal",
        "paypal-login",
        "secure-paypa1",
        "rnicrosoft",
        "micr0soft",
        "g00gle",
        "g\u043E\u043Egle",
        "\u0440\u0430\u0443\u0440\u0430\u04CF",
        "p\u00E0ypal",
        "faceb\u03BF\u03BFk",
        "\u0455p\u043Etify",
        "vvhatsapp",
        "youtube.branch1"
      })
  void aNameThatLooksLikeABrandIsRefused(String label) {
    String name = ascii(label) + ".home.test.";
    assertThat(add(name))
        .as(name)
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> assertThat(no.why()).containsAnyOf("can be taken for", "mixes letters"));
    assertThat(premises.add(name, FORCED)).isInstanceOf(HostAddition.Added.class);
  }

  private static final String REFUSED = "-";

  /**
   * Threat 4: a brand within a word is noted, for it may be by chance; a policy may refuse it. What
   * is refused anyway is marked by a hyphen; what is neither has nothing.
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          paypallogin,            paypal
          securepaypal,           paypal
          mypaypa1account,        paypal
          pay-pal-login,          paypal
          micros0ft-login,        -
          loginmicros0ft,         microsoft
          rnicrosoftsupport,      microsoft
          supportm1crosoft,       microsoft
          vvhatsappweb,           whatsapp
          office365mail,          office365
          pàypalhilfe,       paypal
          amazonas,               amazon
          www-faceb00k1,          facebook
          login.branch1,          ''
          paypalkonto.branch1,    paypal
          paypal-login,           -
          paypalidі,         -
          localcloud,             ''
          totalcloud,             ''
          public-cloud,           ''
          magic-loud,             ''
          public-loud,            ''
          ebayern,                ''
          fedexpress,             ''
          googol,                 ''
          photobooth,             ''
          netflex,                ''
          modernetfliege,         ''
          outlet-look,            ''
          xn--mller-kva,          ''
          cam1,                   ''
          """)
  void aBrandWithinAWordIsNotedAndByPolicyRefused(String label, String brand) {
    String name = ascii(label) + ".home.test.";
    if (brand.equals(REFUSED)) {
      assertThat(add(name)).as(name).isInstanceOf(HostAddition.Refused.class);
      return;
    }
    var added = (HostAddition.Added) add(name);
    List<String> remarks = rules.remarks(added.host());
    if (brand.isEmpty()) {
      assertThat(remarks).isEmpty();
    } else {
      assertThat(remarks).singleElement().asString().contains("has '" + brand + "' of the list");
    }
    premises.hosts.remove(added.host().name());
    policies.set(
        Premises.ofZone("home.test."),
        PolicySetting.BRANDS_WITHIN,
        "refuse",
        "alice",
        house.clock.instant());
    if (brand.isEmpty()) {
      assertThat(add(name)).isInstanceOf(HostAddition.Added.class);
    } else {
      assertThat(add(name))
          .isInstanceOfSatisfying(
              HostAddition.Refused.class,
              no -> {
                assertThat(no.why()).contains(brand, "brands-within is refuse", "alice");
                assertThat(no.override()).isEqualTo("--force");
              });
      assertThat(premises.add(name, FORCED)).isInstanceOf(HostAddition.Added.class);
    }
  }

  @Test
  void aLabelOfTwoScriptsThatLookAlikeIsRefused() {
    assertThat(add(ascii("c\u0430m") + ".home.test."))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class, no -> assertThat(no.why()).contains("Latin and Cyrillic"));
    assertThat(add("xn--zzzzzzzz9.home.test."))
        .isInstanceOfSatisfying(
            HostAddition.Refused.class,
            no -> assertThat(no.why()).contains("not an internationalized label"));
  }

  @Test
  void theListsCanBeReplacedAndOutlastARestart() {
    rules.replace(NameRules.Kind.RESERVED, "# ours\nvpn  # the company's\nedge-#\n");
    assertThat(add("www.home.test.")).isInstanceOf(HostAddition.Added.class);
    assertThat(add("edge-7.home.test.")).isInstanceOf(HostAddition.Refused.class);
    var after =
        new Premises(house, premises.store, List.of(new NameRules(store, policies)), List.of());
    assertThat(after.add("vpn.home.test.", NameClaim.ORDINARY))
        .isInstanceOf(HostAddition.Refused.class);
    rules.replace(NameRules.Kind.RESERVED, null);
    assertThat(add("vpn.home.test.")).isInstanceOf(HostAddition.Added.class);
    assertThat(add("mail.home.test.")).isInstanceOf(HostAddition.Refused.class);
    rules.replace(NameRules.Kind.BRANDS, "acme-bank\n");
    assertThat(add("acmebank.home.test.")).isInstanceOf(HostAddition.Refused.class);
    assertThat(add("paypal.home.test.")).isInstanceOf(HostAddition.Added.class);
  }

  @Test
  void aListThatMakesNoSenseIsRefusedAndTheOldOneHolds() {
    assertThatThrownBy(() -> rules.replace(NameRules.Kind.RESERVED, "vpn\na label\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> rules.replace(NameRules.Kind.RESERVED, "*\n"))
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> rules.replace(NameRules.Kind.BRANDS, "\n\nab\n"))
        .hasMessageContaining("line 3");
    assertThat(add("www.home.test.")).isInstanceOf(HostAddition.Refused.class);
    assertThat(rules.isBrought(NameRules.Kind.RESERVED)).isTrue();
  }
}
