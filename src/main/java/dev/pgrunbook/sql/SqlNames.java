package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every name that a statement could mean something by: its words, its quoted identifiers, its
 * operators. What is a keyword, a column or a function is not told apart.
 *
 * @param names as the catalogs keep them: unquoted ones folded, cut to 63 bytes
 * @param callable those that a parenthesis follows or a dot precedes, so that a function may be
 *     called by them
 * @param operators as written
 * @param certain whether these are all; not so for {@code U&"…"} for unquoted names outside of
 *     ASCII, which servers of other encodings fold, and where words stick to what stands before
 *     them
 */
public record SqlNames(
    Set<String> names, Set<String> callable, Set<String> operators, boolean certain) {

  /** PostgreSQL cuts longer names; NAMEDATALEN is one more. */
  private static final int LONGEST = 63;

  private static final int LONGEST_OPERATOR = 20;

  /** Servers before 15 let a word begin right after a number. */
  private static final Pattern PLAIN_NUMBER =
      Pattern.compile("[0-9._]+([eE][+-]?[0-9_]+)?|0[xXoObB][0-9a-fA-F_]+");

  private static final Set<String> PUNCTUATION =
      Set.of("(", ")", "[", "]", ",", ";", ".", ":", "::", ":=");

  public SqlNames {
    names = Set.copyOf(names);
    callable = Set.copyOf(callable);
    operators = Set.copyOf(operators);
  }

  /** Returns the names of a statement or a script. */
  public static SqlNames of(String sql) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", sql));
    Set<String> names = new LinkedHashSet<>();
    Set<String> callable = new LinkedHashSet<>();
    Set<String> operators = new LinkedHashSet<>();
    boolean certain = script.diagnostics().isEmpty();
    List<Token> tokens =
        script.tokens().stream().filter(token -> token.kind() != Token.Kind.COMMENT).toList();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String written = sql.substring(token.start(), token.end());
      if (token.kind() == Token.Kind.OPERATOR) {
        operators.add(written);
        certain &= written.length() <= LONGEST_OPERATOR;
      } else if (token.kind() == Token.Kind.NUMBER) {
        certain &= PLAIN_NUMBER.matcher(written).matches();
      } else if (token.kind() == Token.Kind.PUNCTUATION) {
        certain &= PUNCTUATION.contains(written);
      } else if (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_NAME) {
        String name = QualifiedName.unquoted(sql, token);
        certain &= isCertain(sql, token, name);
        names.add(cut(name));
        boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is(sql, '(');
        boolean field = i > 0 && tokens.get(i - 1).is(sql, '.');
        if (called || field) {
          callable.add(cut(name));
        }
      }
    }
    return new SqlNames(names, callable, operators, certain);
  }

  private static boolean isCertain(String sql, Token token, String name) {
    boolean quoted = sql.charAt(token.start()) == '"';
    boolean escaped = token.kind() == Token.Kind.QUOTED_NAME && !quoted;
    boolean ascii = name.chars().allMatch(c -> c < 0x80);
    return !escaped && (quoted || ascii) && (ascii || byteLength(name) <= LONGEST);
  }

  private static int byteLength(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Names outside of ASCII that are too long are not certain, so characters are bytes here. */
  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
