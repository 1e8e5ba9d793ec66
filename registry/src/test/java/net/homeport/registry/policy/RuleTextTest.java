package net.homeport.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The store keeps rules as text: what is written is read back as the same rule. */
final class RuleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner a.dyn.test type A operation add",
        "zone dyn.test zone other.test subtree dyn.test type A,MX operation add,delete static",
        "self self-subtree type TXT operation delete from 192.0.2.0/24 from 2001:db8:0:0:0:0:0:0/32",
        "pattern _acme-challenge.*.dyn.test type TXT operation add,delete expires 2027-01-31T00:00:00Z",
        "owner a\\.b.\\032x\\;y.dyn.test owner *.dyn.test type A,TYPE65400 operation add",
        "subtree . type A operation add",
      })
  void whatIsWrittenIsReadBack(String text) {
    UpdateRule rule = RuleText.parse(text);
    assertThat(rule).hasToString(text);
    assertThat(RuleText.parse(rule.toString())).isEqualTo(rule);
  }

  @Test
  void defaultsAreWrittenOut() {
    assertThat(RuleText.parse("self"))
        .hasToString("self type A,CNAME,PTR,TXT,AAAA,SRV,DHCID,SVCB,HTTPS operation add,delete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        " | is no word of rules",
        "zone dyn.test | says no names",
        "self type | lacks what belongs behind it",
        "self type NOSUCH | 'NOSUCH' is not a type",
        "self type ANY | stands in no zone",
        "self type OPT | stands in no zone",
        "self operation replace | there are add and delete",
        "owner a..b | not a domain name",
        "pattern a.b | has no '*'",
        "pattern *.* | in its last label",
        "pattern **.b | two '*'",
        "self from 192.0.2.0/33 | not within 0..32",
        "self from 192.0 | not an address or network",
        "self from host.test | not an address or network",
        "self from fe80::1%eth0 | not an address or network",
        "self expires tomorrow | is not a time",
        "self other x | 'other' is no word of rules",
      })
  void whatIsNoRuleIsExplained(String text, String words) {
    assertThatThrownBy(() -> RuleText.parse(text == null ? "" : text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aRuleHasABound() {
    assertThatThrownBy(() -> RuleText.parse("owner long.name.dyn.test ".repeat(100)))
        .hasMessageContaining("make two of it");
  }
}
