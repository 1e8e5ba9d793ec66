package net.homeport.interop.requestor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.homeport.interop.harness.Commands.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nsupdate of BIND, with the key file and the lines that {@code key add} prints. */
final class NsupdateTest {
  @TempDir static Path folder;
  private static Lab lab;
  private static KeyRecipes key;
  private static List<String> signed;

  @BeforeAll
  static void start() {
    lab = Lab.start(folder);
    key = lab.addUsualKey("upd-key");
    signed = lab.keyFile(key);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void passes(String... lines) {
    Result result = lab.nsupdate(signed, lines).succeeded();
    assertThat(Lab.status(result)).isEqualTo("NOERROR");
  }

  @Test
  void thePrintedLinesWork() {
    lab.shell(key.block("nsupdate, with that file")).succeeded();
    assertThat(lab.data("test.dyn.test", "A")).containsExactly("198.51.100.7");
  }

  @Test
  void theSecretOnTheCommandLine() {
    String secret = "hmac-sha256:upd-key:" + key.secret();
    lab.nsupdate(List.of("-y", secret), "update add y.dyn.test 60 A 192.0.2.1").succeeded();
    assertThat(lab.data("y.dyn.test", "A")).containsExactly("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "sha224", "sha256", "sha384", "sha512"})
  void everyAlgorithmByUdpAndTcp(String hash) {
    var options =
        lab.keyFile(
            lab.addKey(
                "key-" + hash, "--algorithm", "hmac-" + hash, "--subtree", hash + ".dyn.test"));
    lab.nsupdate(options, "update add " + hash + ".dyn.test 60 A 192.0.2.1").succeeded();
    var tcp = List.of("-v", options.getFirst(), options.getLast());
    lab.nsupdate(tcp, "update add " + hash + ".dyn.test 60 A 192.0.2.2").succeeded();
    assertThat(lab.data(hash + ".dyn.test", "A")).containsExactly("192.0.2.1", "192.0.2.2");
  }

  @Test
  void md5OnlyIfReallyAskedFor() {
    String[] md5 = {"--algorithm", "hmac-md5", "--subtree", "md5.dyn.test"};
    Result refused = lab.server().command("key", "add", "old", md5[0], md5[1], md5[2], md5[3]);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("--allow-md5");
    KeyRecipes old = lab.addKey("old", md5[0], md5[1], md5[2], md5[3], "--allow-md5");
    lab.nsupdate(lab.keyFile(old), "update add md5.dyn.test 60 A 192.0.2.1").succeeded();
    assertThat(lab.data("md5.dyn.test", "A")).containsExactly("192.0.2.1");
  }

  @Test
  void deletesRecordSetAndName() {
    passes(
        "update add d.dyn.test 60 A 192.0.2.1",
        "update add d.dyn.test 60 A 192.0.2.2",
        "update add d.dyn.test 60 A 192.0.2.3",
        "update add d.dyn.test 60 TXT \"a b\"",
        "update add d.dyn.test 60 AAAA 2001:db8::1");
    passes("update delete d.dyn.test A 192.0.2.2");
    assertThat(lab.data("d.dyn.test", "A")).containsExactly("192.0.2.1", "192.0.2.3");
    passes("update delete d.dyn.test A");
    assertThat(lab.data("d.dyn.test", "A")).isEmpty();
    assertThat(lab.data("d.dyn.test", "TXT")).containsExactly("\"a b\"");
    passes("update delete d.dyn.test");
    assertThat(lab.data("d.dyn.test", "TXT")).isEmpty();
    assertThat(lab.data("d.dyn.test", "AAAA")).isEmpty();
    passes("update delete d.dyn.test");
  }

  @Test
  void replacesInOneMessage() {
    passes("update add r.dyn.test 60 A 192.0.2.1");
    passes("update delete r.dyn.test A", "update add r.dyn.test 60 A 192.0.2.2");
    assertThat(lab.data("r.dyn.test", "A")).containsExactly("192.0.2.2");
    passes("update delete r.dyn.test A", "update add r.dyn.test 60 CNAME www.dyn.test.");
    assertThat(lab.data("r.dyn.test", "CNAME")).containsExactly("www.dyn.test.");
  }

  @Test
  void aLargeUpdateByTcp() {
    // nsupdate goes to TCP by itself when the message does not fit into a datagram.
    String[] lines =
        IntStream.range(0, 220)
            .mapToObj(i ->
                "update add large%d.dyn.test 60 TXT \"%s\""
                    .formatted(i, Integer.toString(i % 10).repeat(250)))
            .toArray(String[]::new);
    assertThat(Arrays.stream(lines).mapToInt(String::length).sum()).isGreaterThan(60_000);
    passes(lines);
    assertThat(lab.data("large0.dyn.test", "TXT")).containsExactly("0".repeat(250));
    assertThat(lab.data("large219.dyn.test", "TXT")).containsExactly("9".repeat(250));
  }

  @Test
  void aTypeNobodyKnowsIfItIsListed() {
    Result refused = lab.nsupdate(signed, "update add u.dyn.test 60 TYPE65280 \\# 2 cafe");
    assertThat(Lab.status(refused)).isEqualTo("REFUSED");
    KeyRecipes listed = lab.addKey("any", "--owner", "u.dyn.test", "--type", "TYPE65280");
    lab.nsupdate(lab.keyFile(listed), "update add u.dyn.test 60 TYPE65280 \\# 2 cafe").succeeded();
    assertThat(lab.data("u.dyn.test", "TYPE65280")).containsExactly("\\# 2 CAFE");
  }

  @Test
  void aWrongSecretIsBadSig() {
    String secret = "hmac-sha256:upd-key:" + "A".repeat(43) + "=";
    Result result = lab.nsupdate(List.of("-y", secret), "update add bad.dyn.test 60 A 192.0.2.1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("update failed: NOTAUTH(BADSIG)");
    assertThat(lab.data("bad.dyn.test", "A")).isEmpty();
  }

  @Test
  void anUnknownKeyIsBadKey() {
    String secret = "hmac-sha256:nobody:" + key.secret();
    Result result = lab.nsupdate(List.of("-y", secret), "update add bad.dyn.test 60 A 192.0.2.1");
    assertThat(result.output()).contains("update failed: NOTAUTH(BADKEY)");
  }

  @Test
  void theWrongAlgorithmIsBadKey() {
    String secret = "hmac-sha512:upd-key:" + key.secret();
    Result result = lab.nsupdate(List.of("-y", secret), "update add bad.dyn.test 60 A 192.0.2.1");
    assertThat(result.output()).contains("update failed: NOTAUTH(BADKEY)");
  }

  @ParameterizedTest
  @ValueSource(ints = {-3600, 3600})
  void aWrongClockIsBadTime(int seconds) {
    Path own = folder.resolve("clock" + seconds);
    assertThat(own.toFile().mkdir()).isTrue();
    Result result =
        lab.nsupdate(
            WrongClock.in(own).ahead(seconds), signed, "update add bad.dyn.test 60 A 192.0.2.1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("NOTAUTH(BADTIME)");
    assertThat(lab.data("bad.dyn.test", "A")).isEmpty();
  }

  @Test
  void aClockThatIsFourMinutesOffWillDo() {
    lab.nsupdate(
            WrongClock.in(folder).ahead(240), signed, "update add late.dyn.test 60 A 192.0.2.1")
        .succeeded();
  }

  @Test
  void withoutASignatureNothingPasses() {
    Result result = lab.nsupdate(List.of(), "update add bad.dyn.test 60 A 192.0.2.1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(Lab.status(result)).isEqualTo("REFUSED");
    assertThat(lab.data("bad.dyn.test", "A")).isEmpty();
  }

  @Test
  void anotherZoneIsNotOurs() {
    Result result =
        lab.nsupdate(signed, "zone elsewhere.test", "update add a.elsewhere.test 60 A 192.0.2.1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(Lab.status(result)).isEqualTo("NOTAUTH");
  }
}
