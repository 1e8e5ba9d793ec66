package net.homeport.web.gnudip;

import java.time.InstantSource;
import java.util.List;
import net.homeport.registry.credential.RequestOrigin;
import net.homeport.registry.credential.SecretHasher;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.web.dialect.Dialect;
import net.homeport.web.dialect.DoorReply;
import net.homeport.web.dialect.DoorRequest;
import net.homeport.web.dialect.Question;
import net.homeport.web.gnudip.GnuDipSalts.Issued;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * {@code gdipupdt.cgi}: without parameters it tells a salt; with {@code salt}, {@code time}, {@code
 * sign}, {@code user}, {@code pass}, {@code domn}, {@code reqc} and {@code addr} it changes a host.
 * All answers are 200, as GnuDIP's: the number in them counts.
 */
public final class GnuDipDialect implements Dialect {
  /** Where clients look for it unless told otherwise. */
  public static final String PATH = "/gnudip/cgi-bin/gdipupdt.cgi";

  /** Its name, kept with each change. */
  static final String NAME = "gnudip";

  /** What is asked with a salt that cannot be taken now. */
  private static final Question NOT_NOW =
      Question.NONE.noted("too many salts are in use, or the server has just started");

  private final GnuDipSalts salts;

  public GnuDipDialect(SecretHasher hasher, InstantSource clock) {
    this.salts = new GnuDipSalts(hasher, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String contentType() {
    return "text/html";
  }

  @Override
  public @Nullable Aside aside(DoorRequest request, RequestOrigin origin) {
    if (!request.has("user") && !request.has("pass")) {
      Issued issued = salts.issue();
      return new Aside(
          page(
              meta("salt", issued.salt())
                  + meta("time", issued.time())
                  + meta("sign", issued.sign())),
          List.of());
    }
    return null;
  }

  @Override
  public Question read(DoorRequest request) {
    var issued = new Issued(request.first("salt"), request.first("time"), request.first("sign"));
    return switch (salts.use(issued)) {
      case NEW -> {
        Question question =
            GnuDipQuestion.of(
                request.first("user"),
                request.first("domn"),
                issued.salt(),
                request.first("pass"),
                request.first("reqc"),
                request.first("addr"),
                request.source());
        yield question.inDetail(GnuDipQuestion.tellsAddress(request.first("reqc"), "0"));
      }
      case WRONG -> Question.NONE;
      case NOT_NOW -> NOT_NOW;
    };
  }

  @Override
  public DoorReply reply(UpdateAnswer answer, Question question) {
    String number = question.equals(NOT_NOW) ? null : GnuDipQuestion.number(answer, question);
    if (number == null) {
      return DoorReply.TROUBLE;
    }
    String address = question.verbose() ? meta("addr", question.spelling()) : "";
    return page(meta("retc", number) + (number.equals("0") ? address : ""));
  }

  private static String meta(String name, String content) {
    return "<meta name=\"%s\" content=\"%s\">\n".formatted(name, content);
  }

  private static DoorReply page(String metas) {
    return new DoorReply(
        HttpStatus.OK_200,
        """
        <html>
        <head>
        <title>GnuDIP Update Server</title>
        %s</head>
        <body></body>
        </html>
        """
            .formatted(metas));
  }
}
