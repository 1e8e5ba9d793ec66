package net.homeport.zone.text;

import static net.homeport.testkit.DnsText.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import net.homeport.zone.Zones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error has the line and column of the offending word, and the reading goes on behind it. */
final class ZoneTextErrorTest {
  private static final String HEAD = "$TTL 300\n@ SOA ns host 7 1 1 1 60\n@ NS ns\n";

  private static List<ZoneTextProblem> problems(String text) {
    var refused =
        catchThrowableOfType(
            ZoneTextException.class,
            () ->
                ZoneText.parse(
                    Zones.nothing(), name("example."), ZoneTextSource.of("e.zone", text), _ -> {}));
    assertThat(refused).as(text).isNotNull();
    return refused.problems();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          an IPv4 address         | www A 192.0.2.256       | 7  | is not an IPv4 address
          one with a leading zero | www A 192.0.02.6        | 7  | is not an IPv4 address
          an IPv6 address         | www AAAA 2001:db8:::1   | 10 | is not an IPv6 address
          a short IPv6 address    | www AAAA 2001:db8:1     | 10 | is not an IPv6 address
          a type                  | www AXE 192.0.2.1       | 5  | is not a type of records
          no type                 | www 60 IN               | 10 | the type of the record is missing
          something missing       | www MX 10               | 10 | a name is missing
          no data                 | www CAA                 | 8  | data of the record CAA is missing
          something too much      | www A 192.0.2.1 oops    | 17 | 'oops' is more
          a number                | www MX many mail        | 8  | the preference of MX
          a number too large      | www SRV 0 0 65536 t     | 13 | the port of SRV
          an empty label          | a..b A 192.0.2.1        | 1  | empty label
          a label of 64           | %s A 192.0.2.1          | 1  | label of 64 octets
          a name too long         | w CNAME %s.%s.%s.%s     | 9  | label of 64 octets
          a name that is quoted   | w CNAME "x"             | 9  | without quotes
          a name not ASCII        | w CNAME müller          | 9  | xn--
          an escape               | w CNAME a\\25           | 9  | three digits
          an escape too large     | w TXT "a" "\\256"       | 11 | three digits
          an open quote           | www TXT a "b            | 11 | closed
          a closing parenthesis   | www TXT a )             | 11 | without a '('
          a directive             | $FOO bar                | 1  | no directive
          a $TTL                  | $TTL 1x                 | 6  | a TTL
          a $TTL too large        | $TTL 2147483648         | 6  | at most 2147483647
          an empty $TTL           | $TTL                    | 5  | a TTL is missing
          $ORIGIN with more       | $ORIGIN a. b.           | 12 | more than $ORIGIN takes
          an empty $ORIGIN        | $ORIGIN                 | 8  | a name is missing
          an empty $INCLUDE       | $INCLUDE                | 9  | is missing
          $INCLUDE                | $INCLUDE other.zone     | 10 | is refused
          $GENERATE without all   | $GENERATE 1-2 a A       | 18 | takes a range
          a range                 | $GENERATE 2-1 a A 1     | 11 | range
          a form                  | $GENERATE 1-2 a${x} A 1 | 15 | OFFSET
          a class                 | www CH TXT a            | 5  | class 'CH'
          a class by number       | www CLASS3 TXT a        | 5  | class 'CLASS3'
          a meta type             | www OPT a               | 5  | cannot stand in a zone
          out of the zone         | w.example.org. A 1.2.3.4| 1  | outside the zone
          a second SOA            | @ SOA ns host 8 1 1 1 6 | 1  | has 2 SOA
          a SOA below the apex    | s SOA ns host 8 1 1 1 6 | 1  | apex only, which is example.
          a SOA cut short         | @ SOA ns host 8 1 1 1   | 22 | MINIMUM of SOA is missing
          a SOA time              | @ SOA ns host 8 1 x 1 1 | 19 | RETRY of SOA
          CNAME beside others     | ns CNAME w              | 1  | CNAME record beside
          generic data too short  | www A \\# 3 0a0b0c      | 7  | not what a record A holds
          generic length          | www A \\# 4 0a0b0c      | 10 | but 3 octets follow
          generic hexadecimal     | www A \\# 4 0a0b zz     | 17 | not hexadecimal
          the library's data      | www CAA 0 issue         | 9  | not the data of a record CAA
          EUI48                   | www EUI48 1-2           | 11 | aa-bb
          CSYNC                   | www CSYNC 1 3 AXE       | 15 | not a type
          L32                     | www L32 10 x            | 12 | four numbers
          a text of 256           | w TXT "%s%s%s%s"        | 7  | split
          """)
  void anErrorSaysWhereAndWhat(String what, String line, int column, String why) {
    String x = "x".repeat(64);
    String bad = line.replace("%s", x);
    List<ZoneTextProblem> problems =
        problems(HEAD + "ns A 192.0.2.1\n" + bad + "\nok A 192.0.2.2\n");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().message()).as(what).contains(why);
    assertThat(problems.getFirst().place()).as(what).isEqualTo(new Place("e.zone", 5, column));
  }

  @Test
  void anErrorWithinParenthesesIsOnItsOwnLine() {
    assertThat(problems("@ SOA ns host (\n  7 ; serial\n  1h bad\n  1 1 )\n@ 5 NS ns\nw A x\n"))
        .extracting(ZoneTextProblem::place)
        .containsExactly(new Place("e.zone", 3, 6), new Place("e.zone", 6, 5));
  }

  @Test
  void columnsCountCharactersAndLinesMayEndInCarriageReturns() {
    assertThat(problems("\uFEFF" + HEAD.replace("\n", "\r\n") + "w TXT \"käse\" \"a\\2\"\r\n"))
        .extracting(ZoneTextProblem::place)
        .containsExactly(new Place("e.zone", 4, 14));
    assertThat(problems("\uFEFF$TTL x\n"))
        .extracting(ZoneTextProblem::place)
        .startsWith(new Place("e.zone", 1, 6));
  }

  @Test
  void anOpenParenthesisIsToldWhereItWasOpened() {
    assertThat(problems(HEAD + "w A 192.0.2.1\nx TXT ( a\ny A 192.0.2.1\n"))
        .extracting(ZoneTextProblem::toString)
        .containsExactly("e.zone:5:7: this '(' is never closed; add ')' at the end of the record");
  }

  @Test
  void allErrorsAreToldUpToABound() {
    assertThat(problems(HEAD + "a A x\nb A y\n A z\nc MX\n"))
        .extracting(problem -> problem.place().line())
        .containsExactly(4, 5, 6, 7);
    List<ZoneTextProblem> many = problems(HEAD + "a A x\n".repeat(1000));
    assertThat(many).hasSize(20);
  }

  @Test
  void recordsOfAnOwnerThatCannotBeReadAreNotToldAgain() {
    assertThat(problems(HEAD + "a..b A 192.0.2.1\n A 192.0.2.2\nc A x\n"))
        .extracting(problem -> problem.place().line())
        .containsExactly(4, 6);
  }

  @Test
  void aBlankAtTheStartNeedsAnOwnerBefore() {
    assertThat(problems("$TTL 300\n  A 192.0.2.1\n").getFirst())
        .hasToString(
            "e.zone:2:3: the line begins with a blank, which means the owner of the record before, and there is none; begin it with the owner");
  }

  @Test
  void aRecordWithoutAnyTtlIsRefused() {
    assertThat(problems("@ NS ns\n").getFirst().toString())
        .startsWith("e.zone:1:1: the record has no TTL; begin the file with");
  }

  @Test
  void theMessageHoldsAllProblems() {
    assertThat(
            catchThrowableOfType(
                ZoneTextException.class,
                () -> ZoneText.parse(Zones.nothing(), name("example."), HEAD + "a A x\nb A y\n")))
        .hasMessageStartingWith("zone example.: 2 errors, nothing of it was taken\nzone file:4:5: ")
        .hasMessageContaining("\nzone file:5:5: ");
  }
}
