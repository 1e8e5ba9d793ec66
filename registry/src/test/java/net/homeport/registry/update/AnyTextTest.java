package net.homeport.registry.update;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.homeport.registry.key.BindKeyFile;
import net.homeport.registry.policy.RuleText;
import net.homeport.registry.policy.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any text at all for the readers of what people write: a value, or an exception that says where,
 * and never another throwable.
 */
final class AnyTextTest {
  private static final int TEXTS = 15_000;
  private static final List<String> SCRAPS =
      List.of(
          "",
          " ",
          "\t",
          "\n",
          "\r\n",
          ".",
          "..",
          "@",
          "*",
          "\\",
          "\\0",
          "\\256",
          "\\.",
          "\"",
          "'",
          "{",
          "}",
          ";",
          "/*",
          "*/",
          "//",
          "#",
          ",",
          ":",
          "/",
          "-",
          "0",
          "-1",
          "4294967296",
          "99999999999999999999",
          "2147483647",
          "A",
          "AAAA",
          "TXT",
          "MX",
          "SOA",
          "NS",
          "ANY",
          "TYPE1",
          "TYPE65536",
          "TYPE",
          "CLASS1",
          "IN",
          "in",
          "CH",
          "192.0.2.1",
          "192.0.2.0/24",
          "192.0.2.0/33",
          "2001:db8::/32",
          "::/129",
          "fe80::1%lo",
          "x".repeat(64),
          "x.".repeat(128),
          "\u0000",
          "\uD800",
          "\uDC00",
          "\u2028",
          "\u00e4.test",
          "\u0661",
          "dyn.test",
          "_acme-challenge.*.test.",
          "2027-01-31T00:00:00Z",
          "+1000000000-01-01T00:00Z",
          "QUJD",
          "c2VjcmV0IHNlY3JldCBzZWNyZXQ=");

  private final SplittableRandom random = new SplittableRandom(2136);

  /** Scraps and words of its grammar; or a good text with some of its characters changed. */
  private String text(List<String> words, String good) {
    var text = new StringBuilder();
    if (random.nextBoolean()) {
      for (int count = random.nextInt(1, 14); count > 0; count--) {
        List<String> from = random.nextInt(3) == 0 ? SCRAPS : words;
        text.append(from.get(random.nextInt(from.size())));
        text.append(random.nextInt(8) == 0 ? "" : " ");
      }
      return text.toString();
    }
    text.append(good);
    for (int count = random.nextInt(1, 5); count > 0; count--) {
      int at = random.nextInt(text.length() + 1);
      String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, scrap);
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 6)));
        default -> text.replace(at, Math.min(text.length(), at + 1), scrap);
      }
    }
    return text.toString();
  }

  /** Reads many; returns how many were a value. */
  private int read(List<String> words, String good, Consumer<String> reader, String place) {
    reader.accept(good);
    int values = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = text(words, good);
      try {
        reader.accept(text);
        values++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getClass()).as("<%s>", text).isEqualTo(IllegalArgumentException.class);
        assertThat(e.getMessage()).as("<%s>", text).containsPattern(place);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("<" + text + "> gave " + e, e);
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key \"old.test\" { algorithm hmac-sha512; secret \"c2VjcmV0IHNlY3JldCBzZWNyZXQ=\"; };",
        "options { x { y; }; };\n# c\nkey a { secret \"c2VjcmV0IHNlY3JldCBzZWNyZXQ=\"; algorithm hmac-sha256; };\n"
      })
  void bindKeyFile(String good) {
    List<String> words =
        List.of("key", "algorithm", "secret", "hmac-sha256", "hmac-md5", "{", "}", ";", "\"a\"");
    int values =
        read(
            words,
            good,
            text ->
                assertThat(BindKeyFile.parse(text))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(key.name().isAbsolute()).isTrue()),
            "^line \\d+: .|there is no key in it; one looks so");
    assertThat(values).as("texts that are a value, too").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update add cam.dyn.test 60 A 192.0.2.1",
        "prereq yxrrset cam.dyn.test TXT \"a b\"",
        "zone dyn.test\nttl 60\nupdate delete cam.dyn.test IN MX 1 mx.test.\nsend"
      })
  void nsupdateText(String good) {
    List<String> words =
        List.of(
            "update",
            "add",
            "delete",
            "del",
            "prereq",
            "nxdomain",
            "yxdomain",
            "nxrrset",
            "yxrrset",
            "zone",
            "ttl",
            "class",
            "send",
            "cam.dyn.test",
            "60",
            "SRV",
            "CAA",
            "SVCB",
            "HTTPS",
            "TLSA",
            "LOC",
            "NAPTR",
            "APL",
            "\\# 4 0a000001",
            "\n");
    int values =
        read(
            words,
            good,
            text -> NsupdateText.parse(text.lines().toList(), name("dyn.test.")),
            "(?s)^line \\d+, '.*': .");
    assertThat(values).as("texts that are a value, too").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zone dyn.test subtree office.dyn.test type A,AAAA operation add,delete",
        "self self-subtree pattern _acme-challenge.*.test static from 192.0.2.0/24 expires 2027-01-31T00:00:00Z"
      })
  void ruleText(String good) {
    List<String> words =
        List.of(
            "zone",
            "owner",
            "subtree",
            "pattern",
            "self",
            "self-subtree",
            "type",
            "operation",
            "static",
            "from",
            "expires",
            "add",
            "delete",
            "add,delete",
            "A,TXT",
            "dyn.test");
    int values =
        read(
            words,
            good,
            text -> {
              UpdateRule rule = RuleText.parse(text);
              assertThat(RuleText.parse(rule.toString())).as("<%s>", text).isEqualTo(rule);
            },
            "\\S");
    assertThat(values).as("texts that are a value, too").isPositive();
  }
}
