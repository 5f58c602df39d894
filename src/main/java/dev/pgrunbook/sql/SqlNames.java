package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Every name that a statement could mean something by: its words, its quoted identifiers, its
 * operators. What is a keyword, a column or a function is not told apart.
 *
 * @param names as the catalogs keep them: unquoted ones folded, cut to 63 bytes
 * @param operators as written
 * @param certain whether these are all; not so for {@code U&"…"} and for unquoted names outside of
 *     ASCII, which servers of other encodings fold
 */
public record SqlNames(Set<String> names, Set<String> operators, boolean certain) {

  /** PostgreSQL cuts longer names; NAMEDATALEN is one more. */
  private static final int LONGEST = 63;

  public SqlNames {
    names = Set.copyOf(names);
    operators = Set.copyOf(operators);
  }

  /** Returns the names of a statement or a script. */
  public static SqlNames of(String sql) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", sql));
    Set<String> names = new LinkedHashSet<>();
    Set<String> operators = new LinkedHashSet<>();
    boolean certain = script.diagnostics().isEmpty();
    for (Token token : script.tokens()) {
      switch (token.kind()) {
        case WORD, QUOTED_NAME -> {
          String name = QualifiedName.unquoted(sql, token);
          boolean quoted = sql.charAt(token.start()) == '"';
          boolean escaped = token.kind() == Token.Kind.QUOTED_NAME && !quoted;
          certain &= !escaped && (quoted || name.chars().allMatch(c -> c < 0x80));
          certain &= name.chars().allMatch(c -> c < 0x80) || byteLength(name) <= LONGEST;
          names.add(cut(name));
        }
        case OPERATOR -> operators.add(sql.substring(token.start(), token.end()));
        default -> {}
      }
    }
    return new SqlNames(names, operators, certain);
  }

  private static int byteLength(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Names outside of ASCII that are too long are not certain, so characters are bytes here. */
  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
