package net.homeport.web.dyndns2;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import net.homeport.registry.credential.Presented;
import net.homeport.registry.update.AddressWish;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.registry.update.UpdateOutcome;
import net.homeport.web.dialect.AddressReader;
import net.homeport.web.dialect.AddressReader.Family;
import net.homeport.web.dialect.AddressWords;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;
import net.homeport.zone.address.AddressText;

/**
 * nsupdate.info's {@code /nic/delete}: takes addresses out of DNS, of the families of {@code myip},
 * or of the family that the request came by.
 */
public final class DeletionDialect implements Dialect {
  private static final List<String> ADDRESSES = List.of("myip", "ip");

  @Override
  public String name() {
    return "dyndns2";
  }

  @Override
  public Question read(DoorRequest request) {
    Presented presented = Dyndns2Names.presented(request);
    var reader = new AddressReader(request.source());
    boolean ipv4 = false;
    boolean ipv6 = false;
    boolean unusable = false;
    for (String text : request.list(ADDRESSES)) {
      // Any address of a family stands for it, also 0.0.0.0 and :: that no host can have.
      InetAddress address = AddressText.parse(text);
      ipv4 |= address instanceof Inet4Address;
      ipv6 |= address instanceof Inet6Address;
      unusable |= address == null;
    }
    if (!ipv4 && !ipv6) {
      ipv4 = request.source() instanceof Inet4Address;
      ipv6 = !ipv4;
    }
    if (ipv4) {
      reader.withdraw(Family.IPV4);
    }
    if (ipv6) {
      reader.withdraw(Family.IPV6);
    }
    AddressWords addresses = reader.words();
    Question question =
        Question.of(presented, Dyndns2Names.wishes(request, presented, addresses), addresses);
    return unusable ? question.flawed(UpdateOutcome.Reason.UNUSABLE_ADDRESS) : question;
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    String deleted = question.wishes().isEmpty() ? "" : deleted(question.wishes().getFirst());
    return Dyndns2Words.of(answer, deleted, deleted);
  }

  private static String deleted(HostWish wish) {
    boolean ipv4 = wish.ipv4() instanceof AddressWish.Withdraw;
    boolean ipv6 = wish.ipv6() instanceof AddressWish.Withdraw;
    return "deleted " + (ipv4 && ipv6 ? "A,AAAA" : ipv4 ? "A" : "AAAA");
  }
}
