package net.homeport.registry.key;

import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Reads the {@code key} statements of BIND's configuration, as {@code tsig-keygen} writes them;
 * other statements are passed over. Errors never repeat a secret.
 */
public final class BindKeyFile {
  private static final int TOKENS_MAX = 100_000;

  /** One key statement. */
  public record Statement(Name name, HmacAlgorithm algorithm, SharedSecret secret) {}

  private record Token(String text, boolean quoted, int line) {
    boolean is(String mark) {
      return !quoted && text.equals(mark);
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private BindKeyFile(String text) {
    this.text = text;
  }

  /**
   * All key statements of this text.
   *
   * @throws IllegalArgumentException that says the line and what is wrong with it
   */
  public static List<Statement> parse(String text) {
    var file = new BindKeyFile(text);
    file.scan();
    file.at = 0;
    return file.statements();
  }

  private void scan() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(next)) {
        at++;
      } else if (next == '#' || text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        skipTo("*/");
        at = Math.min(text.length(), at + 2);
      } else if (next == '"') {
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
          throw error(line, "a quote is opened here and never closed");
        }
        add(text.substring(at + 1, end), true);
        at = end + 1;
      } else if ("{};".indexOf(next) >= 0) {
        add(String.valueOf(next), false);
        at++;
      } else {
        int end = at;
        while (end < text.length()
            && !Character.isWhitespace(text.charAt(end))
            && "{};\"#".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        add(text.substring(at, end), false);
        at = end;
      }
    }
  }

  private void skipTo(String mark) {
    int end = text.indexOf(mark, at);
    int stop = end < 0 ? text.length() : end;
    line += (int) text.substring(at, stop).chars().filter(c -> c == '\n').count();
    at = stop;
  }

  private void add(String word, boolean quoted) {
    if (tokens.size() == TOKENS_MAX) {
      throw error(line, "the file has more than " + TOKENS_MAX + " words");
    }
    tokens.add(new Token(word, quoted, line));
  }

  private List<Statement> statements() {
    var found = new ArrayList<Statement>();
    int depth = 0;
    boolean begins = true;
    while (at < tokens.size()) {
      Token token = tokens.get(at++);
      if (depth == 0 && begins && token.is("key")) {
        found.add(statement(token));
      } else if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
      }
      begins = token.is(";") || token.is("key");
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no key in it; one looks so: key \"NAME\" { algorithm hmac-sha256; secret \"BASE64\"; };");
    }
    return found;
  }

  private Statement statement(Token start) {
    Token name = next(start);
    expect("{", start);
    HmacAlgorithm algorithm = null;
    SharedSecret secret = null;
    Token token = next(start);
    while (!token.is("}")) {
      Token value = next(start);
      switch (token.text()) {
        case "algorithm" -> algorithm = algorithm(value);
        case "secret" -> secret = secret(value);
        default ->
            throw error(
                token.line(), "a key has an algorithm and a secret, nothing else is expected here");
      }
      expect(";", start);
      token = next(start);
    }
    expect(";", start);
    if (algorithm == null || secret == null) {
      throw error(start.line(), "the key lacks its algorithm or its secret");
    }
    return new Statement(name(name), algorithm, secret);
  }

  private Token next(Token start) {
    if (at == tokens.size()) {
      throw error(start.line(), "the key that begins here is not closed with '};'");
    }
    return tokens.get(at++);
  }

  private void expect(String mark, Token start) {
    Token token = next(start);
    if (!token.is(mark)) {
      throw error(token.line(), "'%s' is expected here".formatted(mark));
    }
  }

  private static Name name(Token token) {
    try {
      return Name.fromString(token.text(), Name.root);
    } catch (TextParseException _) {
      throw error(token.line(), "'%s' is not a domain name".formatted(token.text()));
    }
  }

  private static HmacAlgorithm algorithm(Token token) {
    return HmacAlgorithm.of(token.text())
        .orElseThrow(() ->
            error(
                token.line(),
                "'%s' is no algorithm known here; there are %s"
                    .formatted(token.text(), HmacAlgorithm.all())));
  }

  private static SharedSecret secret(Token token) {
    SharedSecret secret = SharedSecret.ofBase64(token.text());
    if (secret == null) {
      throw error(token.line(), "the secret is not Base64");
    }
    return secret;
  }

  private static IllegalArgumentException error(int line, String what) {
    return new IllegalArgumentException("line " + line + ": " + what);
  }
}
