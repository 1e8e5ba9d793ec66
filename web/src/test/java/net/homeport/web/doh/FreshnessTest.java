package net.homeport.web.doh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class FreshnessTest {

  private final Message answer = new Message(7);

  FreshnessTest() {
    answer.getHeader().setFlag(Flags.QR);
  }

  private void add(int section, long ttl, int type, String data) throws IOException {
    Name name = Name.fromString("www.example.org.");
    answer.addRecord(Record.fromString(name, type, DClass.IN, ttl, data, Name.root), section);
  }

  private String cacheControl(int rcode) {
    answer.getHeader().setRcode(rcode);
    return Freshness.cacheControl(answer.toWire());
  }

  @Test
  void isTheSmallestTtlOfTheAnswer() throws IOException {
    add(Section.ANSWER, 300, Type.CNAME, "a.example.org.");
    add(Section.ANSWER, 60, Type.A, "192.0.2.1");
    add(Section.ANSWER, 120, Type.A, "192.0.2.2");
    add(Section.AUTHORITY, 30, Type.NS, "ns1.example.org.");
    assertThat(cacheControl(Rcode.NOERROR)).isEqualTo("max-age=60");
  }

  @Test
  void isTheSoasForANegativeAnswer() throws IOException {
    add(Section.AUTHORITY, 3600, Type.SOA, "ns1. hostmaster. 1 2 3 4 90");
    assertThat(cacheControl(Rcode.NOERROR)).isEqualTo("max-age=90");
    assertThat(cacheControl(Rcode.NXDOMAIN)).isEqualTo("max-age=90");
  }

  @Test
  void isTheSoasTtlIfThatIsShorter() throws IOException {
    add(Section.AUTHORITY, 45, Type.SOA, "ns1. hostmaster. 1 2 3 4 90");
    assertThat(cacheControl(Rcode.NXDOMAIN)).isEqualTo("max-age=45");
  }

  @Test
  void anAliasToNothingLastsNoLongerThanTheNothing() throws IOException {
    add(Section.ANSWER, 300, Type.CNAME, "a.example.org.");
    add(Section.AUTHORITY, 3600, Type.SOA, "ns1. hostmaster. 1 2 3 4 90");
    assertThat(cacheControl(Rcode.NXDOMAIN)).isEqualTo("max-age=90");
  }

  @Test
  void nothingIsKeptOfZeroAndOfErrors() throws IOException {
    assertThat(cacheControl(Rcode.NOERROR)).isEqualTo("no-store");
    add(Section.ANSWER, 0, Type.A, "192.0.2.1");
    assertThat(cacheControl(Rcode.NOERROR)).isEqualTo("max-age=0");
    assertThat(cacheControl(Rcode.SERVFAIL)).isEqualTo("no-store");
    assertThat(cacheControl(Rcode.REFUSED)).isEqualTo("no-store");
    assertThat(Freshness.cacheControl(new byte[3])).isEqualTo("no-store");
  }
}
