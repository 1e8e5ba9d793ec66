package net.homeport.zone.update;

import static net.homeport.zone.update.Updates.assertRefused;
import static net.homeport.zone.update.Updates.assertUnchanged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.homeport.testkit.DnsText;
import net.homeport.zone.Zone;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Prerequisites (RFC 2136 2.4, 3.2): each form, held and not held. */
final class PrerequisiteTest {
  private static final Zone ZONE =
      Zones.zone(
          "dyn.test.",
          "p A 192.0.2.1",
          "p A 192.0.2.2",
          "mail MX 10 Mail.Dyn.Test.",
          "txt TXT Text",
          "x.ent A 192.0.2.3",
          "*.w A 192.0.2.8");

  private static Arguments rule(String what, Consumer<Updates> prerequisite) {
    return Arguments.of(what, prerequisite);
  }

  static Stream<Arguments> held() {
    return Stream.of(
        rule("2.4.4 name in use", u -> u.nameInUse("p.dyn.test.")),
        rule("2.4.4 whatever the case", u -> u.nameInUse("P.DYN.test.")),
        rule("2.4.4 apex", u -> u.nameInUse("dyn.test.")),
        rule("2.4.5 name not in use", u -> u.nameNotInUse("q.dyn.test.")),
        rule("2.4.5 empty non-terminal", u -> u.nameNotInUse("ent.dyn.test.")),
        rule("2.4.5 no wildcard synthesis", u -> u.nameNotInUse("z.w.dyn.test.")),
        rule("2.4.1 RRset exists", u -> u.rrsetExists("p.dyn.test.", Type.A)),
        rule("2.4.3 RRset absent", u -> u.rrsetAbsent("p.dyn.test.", Type.TXT)),
        rule("2.4.3 no such name", u -> u.rrsetAbsent("q.dyn.test.", Type.A)),
        rule("2.4.3 no synthesis", u -> u.rrsetAbsent("z.w.dyn.test.", Type.A)),
        rule(
            "2.4.2 exact RRset in any order, with any TTL",
            u ->
                u.rrsetEquals(
                    "p.dyn.test.",
                    Type.A,
                    "p.dyn.test. 7 A 192.0.2.2",
                    "p.dyn.test. 0 A 192.0.2.1")),
        rule(
            "2.4.2 the same record twice",
            u -> u.rrsetEquals("txt.dyn.test.", Type.TXT, "t. 0 TXT Text", "t. 0 TXT Text")),
        rule(
            "1.1.1 names in RDATA compare without case",
            u -> u.rrsetEquals("mail.dyn.test.", Type.MX, "mail.dyn.test. 0 MX 10 mail.DYN.test.")),
        rule(
            "all of several",
            u ->
                u.nameInUse("p.dyn.test.").nameNotInUse("q.dyn.test.").nameInUse("txt.dyn.test.")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void held(String what, Consumer<Updates> prerequisite) {
    Updates update = Updates.of("dyn.test.");
    prerequisite.accept(update);
    assertUnchanged(ZONE, update.asStatic());
  }

  private static Arguments rule(Refusal why, int rcode, String what, Consumer<Updates> pre) {
    return Arguments.of(why, rcode, what, pre);
  }

  static Stream<Arguments> unmet() {
    return Stream.of(
        rule(Refusal.NAME_NOT_IN_USE, Rcode.NXDOMAIN, "3.2.4", u -> u.nameInUse("q.dyn.test.")),
        rule(
            Refusal.NAME_NOT_IN_USE,
            Rcode.NXDOMAIN,
            "2.4.4 an empty non-terminal owns nothing",
            u -> u.nameInUse("ent.dyn.test.")),
        rule(
            Refusal.NAME_NOT_IN_USE,
            Rcode.NXDOMAIN,
            "2.4.4 a wildcard does not put names into use",
            u -> u.nameInUse("z.w.dyn.test.")),
        rule(Refusal.NAME_IN_USE, Rcode.YXDOMAIN, "3.2.5", u -> u.nameNotInUse("P.dyn.test.")),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "3.2.1",
            u -> u.rrsetExists("p.dyn.test.", Type.TXT)),
        rule(
            Refusal.RRSET_EXISTS,
            Rcode.YXRRSET,
            "3.2.3",
            u -> u.rrsetAbsent("p.dyn.test.", Type.A)),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "2.4.2 a part is not the whole",
            u -> u.rrsetEquals("p.dyn.test.", Type.A, "p.dyn.test. 0 A 192.0.2.1")),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "2.4.2 more than the whole",
            u ->
                u.rrsetEquals(
                    "txt.dyn.test.",
                    Type.TXT,
                    "txt.dyn.test. 0 TXT Text",
                    "txt.dyn.test. 0 TXT b")),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "2.4.2 text compares with case",
            u -> u.rrsetEquals("txt.dyn.test.", Type.TXT, "txt.dyn.test. 0 TXT text")),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "2.4.2 no RRset",
            u -> u.rrsetEquals("q.dyn.test.", Type.A, "q.dyn.test. 0 A 192.0.2.1")),
        rule(
            Refusal.RRSET_MISSING,
            Rcode.NXRRSET,
            "2.4.2 no values",
            u -> u.rrsetEquals("p.dyn.test.", Type.A)),
        rule(Refusal.OUTSIDE_ZONE, Rcode.NOTZONE, "3.2.1", u -> u.nameNotInUse("p.other.test.")),
        rule(
            Refusal.NAME_IN_USE,
            Rcode.YXDOMAIN,
            "the first that is not held decides",
            u -> u.nameInUse("p.dyn.test.").nameNotInUse("p.dyn.test.").nameInUse("q.dyn.test.")));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource
  void unmet(Refusal why, int rcode, String what, Consumer<Updates> prerequisite) {
    Updates update = Updates.of("dyn.test.").add("q.dyn.test. 60 A 192.0.2.9");
    prerequisite.accept(update);
    assertRefused(ZONE, update.asStatic(), why);
    assertThat(why.rcode()).isEqualTo(rcode);
  }

  @Test
  void valuesThatNoRrsetCanHaveAreNotTheValuesOfOne() {
    // More than a message carries once compressed names in RDATA are spelled out.
    List<Record> many = new ArrayList<>();
    String label = "x".repeat(60);
    for (int i = 0; i < 300; i++) {
      many.add(
          DnsText.record(
              "p.dyn.test. 0 MX %d %s.%s.%s.%s.".formatted(i, label, label, label, label)));
    }
    var update =
        new ZoneUpdate(
            ZONE.apex(),
            List.of(new Prerequisite.RrsetEquals(DnsText.name("mail.dyn.test."), Type.MX, many)),
            List.of(),
            net.homeport.zone.Management.STATIC,
            Updates.SOMEBODY);
    assertRefused(ZONE, update, Refusal.RRSET_MISSING);
  }

  @Test
  void prerequisitesAreAboutTheZoneBeforeTheUpdate() {
    // RFC 2136 3.2: all of them are checked first.
    Updates update =
        Updates.of("dyn.test.")
            .nameNotInUse("q.dyn.test.")
            .rrsetAbsent("q.dyn.test.", Type.A)
            .add("q.dyn.test. 60 A 192.0.2.9");
    assertThat(Updates.changed(ZONE, update.asStatic()).rrset(DnsText.name("q.dyn.test."), Type.A))
        .isNotNull();
  }
}
