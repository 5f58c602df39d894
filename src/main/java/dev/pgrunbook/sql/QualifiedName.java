package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Names with dots, taken apart as PostgreSQL does. */
public final class QualifiedName {

  private QualifiedName() {}

  /** Returns a name as it compares with others; what is no name compares as it is written. */
  public static String key(String spelled) {
    List<String> parts = parts(spelled);
    return parts.isEmpty() ? spelled : String.join(".", parts);
  }

  /** Returns the parts without their quotes, or none when the text is no name. */
  public static List<String> parts(String spelled) {
    LexedScript script = SqlLexer.plain(SourceText.of("<name>", spelled));
    List<String> parts = new ArrayList<>();
    if (!script.diagnostics().isEmpty() || script.tokens().size() % 2 == 0) {
      return List.of();
    }
    for (int i = 0; i < script.tokens().size(); i++) {
      Token token = script.tokens().get(i);
      if (i % 2 == 1) {
        if (!token.is(spelled, '.')) {
          return List.of();
        }
      } else if (token.kind() == Kind.WORD || isPlainQuoted(spelled, token)) {
        parts.add(unquoted(spelled, token));
      } else {
        return List.of();
      }
    }
    return parts;
  }

  private static boolean isPlainQuoted(String text, Token token) {
    return token.kind() == Kind.QUOTED_NAME && text.charAt(token.start()) == '"';
  }

  /** Returns a name's last part without quotes; only ASCII letters are folded. */
  static String unquoted(String text, Token name) {
    String spelled = text.substring(name.start(), name.end());
    if (spelled.startsWith("\"")) {
      return spelled.substring(1, spelled.length() - 1).replace("\"\"", "\"");
    }
    StringBuilder folded = new StringBuilder(spelled);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return folded.toString();
  }
}
