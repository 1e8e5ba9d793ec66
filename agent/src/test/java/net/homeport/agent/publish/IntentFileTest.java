package net.homeport.agent.publish;

import static net.homeport.agent.fake.Addresses.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class IntentFileTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Path directory;
  private final Path file;

  IntentFileTest(@TempDir Path parent) {
    directory = parent.resolve("state");
    file = directory.resolve("agent-intent");
  }

  @Test
  void isEmptyAtFirst() throws IOException {
    assertThat(new IntentFile(directory).read()).isEmpty();
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    new IntentFile(directory).write(everything());
    assertThat(new IntentFile(directory).read()).contains(everything());
  }

  @Test
  void replacesTheOldOne() throws IOException {
    var intents = new IntentFile(directory);
    intents.write(everything());
    intents.write(Intent.nothing("https://dns.example", "bob"));
    assertThat(intents.read()).contains(Intent.nothing("https://dns.example", "bob"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isForItsOwnerOnly() throws IOException {
    new IntentFile(directory).write(everything());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void survivesACrashWhileWriting() throws IOException {
    var intents = new IntentFile(directory);
    intents.write(everything());
    // The power fails before the rename: half of a new file lies beside the old one.
    Files.writeString(directory.resolve("agent-intent.new"), "homeport-agent-intent 1\nserver ht");
    assertThat(new IntentFile(directory).read()).contains(everything());
    intents.write(Intent.nothing("https://dns.example", "bob"));
    assertThat(intents.read()).contains(Intent.nothing("https://dns.example", "bob"));
    try (var entries = Files.list(directory)) {
      assertThat(entries).containsExactly(file);
    }
  }

  @Test
  void beginsAnewAfterAnyCutOrDamage() throws IOException {
    var intents = new IntentFile(directory);
    intents.write(everything());
    String whole = Files.readString(file);
    // Without its last line end the file is still whole.
    for (int length = 0; length < whole.length() - 1; length++) {
      Files.writeString(file, whole.substring(0, length));
      assertThat(intents.read()).as("cut after %d characters", length).isEmpty();
    }
    Files.write(file, new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertThat(intents.read()).isEmpty();
    Files.writeString(file, whole.replace("homeport-agent-intent 1", "homeport-agent-intent 2"));
    assertThat(intents.read()).isEmpty();
    Files.writeString(file, whole.replace("192.0.2.7", "192.0.2.x"));
    assertThat(intents.read()).isEmpty();
    Files.writeString(file, whole + "#".repeat(70_000));
    assertThat(intents.read()).isEmpty();
  }

  @Test
  void throwsNothingWhateverIsInTheFile() {
    var random = new Random(7);
    String whole = IntentText.encode(everything());
    for (int i = 0; i < 5_000; i++) {
      var bent = new StringBuilder(whole);
      for (int j = 0; j < 4; j++) {
        bent.setCharAt(random.nextInt(bent.length()), (char) random.nextInt(1, 128));
      }
      assertThat(IntentText.decode(bent.toString())).isNotNull();
    }
  }

  @Test
  void isReadableForPeople() {
    assertThat(IntentText.encode(everything()))
        .isEqualTo(
            """
            homeport-agent-intent 1
            server https://dns.example
            user alice in wonderland
            host a.example
            ipv4 192.0.2.7 acknowledged 2026-11-20T12:00:00Z
            ipv6 2001:db8::7 sent
            host b.example
            ipv4 192.0.2.7 sent
            refused NO_SUCH_HOST 2026-11-20T12:00:00Z 00ff:1234 nohost on this server
            host c.example
            end
            """);
  }

  @Test
  void saysWhenThereIsNoPlaceToWrite(@TempDir Path other) throws IOException {
    Path occupied = Files.writeString(other.resolve("state"), "a file");
    assertThatThrownBy(() -> new IntentFile(occupied)).isInstanceOf(IOException.class);
  }

  private static Intent everything() {
    var stop =
        new PublishOutcome.Stop(PublishOutcome.Stop.Reason.NO_SUCH_HOST, "nohost on this server");
    var refusal = new Intent.Refusal(stop, NOON, new CredentialMark("00ff:1234"));
    return Intent.nothing("https://dns.example", "alice in wonderland")
        .with(
            "a.example",
            Intent.HostIntent.NOTHING
                .acknowledged(current("192.0.2.7"), NOON)
                .sending(current("2001:db8::7")))
        .with("b.example", Intent.HostIntent.NOTHING.sending(current("192.0.2.7")).refused(refusal))
        .with("c.example", Intent.HostIntent.NOTHING);
  }
}
