package dev.pgrunbook.workspace;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blackens the passwords that somebody wrote into a file against the rules.
 *
 * <p>A diagnostic shows the line it is about, and that line must not show a password, whatever the
 * diagnostic is about and even when the file is no valid YAML. What looks like one is therefore
 * overwritten in the text that diagnostics show, character by character, so that positions stay.
 * Too much blackened does no harm: nothing but people reads that text.
 */
final class PlainPasswords {

  private static final char BLACK = 'x';
  private static final String KEY = "password";
  private static final List<String> WORDS = List.of("pass", "pwd", "pasw", "secret");

  private PlainPasswords() {}

  /**
   * Returns the file without what looks like a password.
   *
   * @param root what the file holds, when it could be read
   */
  static SourceFile masked(SourceFile file, @Nullable SyntaxNode root) {
    StringBuilder text = new StringBuilder(file.text());
    for (String word : WORDS) {
      for (int i = indexOf(file, word, 0); i >= 0; i = indexOf(file, word, i + 1)) {
        maskValue(text, i + word.length());
      }
    }
    for (int i = file.text().indexOf("://"); i >= 0; i = file.text().indexOf("://", i + 3)) {
      maskCredentials(text, i + 3);
    }
    if (root != null) {
      blacken(text, root);
    }
    return new SourceFile(file.name(), text.toString());
  }

  /** Letter case does not matter. */
  private static int indexOf(SourceFile file, String word, int from) {
    String text = file.text();
    for (int i = from; i <= text.length() - word.length(); i++) {
      if (text.regionMatches(true, i, word, 0, word.length())) {
        return i;
      }
    }
    return -1;
  }

  /** Blackens what follows the word password and a colon or an equals sign. */
  private static void maskValue(StringBuilder text, int afterKey) {
    int i = afterKey;
    while (i < text.length() && isOfWord(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && (text.charAt(i) == '"' || text.charAt(i) == '\'')) {
      i++;
    }
    i = afterBlanks(text, i);
    if (i >= text.length() || text.charAt(i) != ':' && text.charAt(i) != '=') {
      return;
    }
    boolean isQuery = text.charAt(i) == '=';
    int start = afterBlanks(text, i + 1);
    int lineEnd = lineEnd(text, start);
    if (start >= lineEnd || !isQuery && text.charAt(start) == '{') {
      return;
    }
    char first = text.charAt(start);
    if (isQuery) {
      blacken(text, start, firstOf(text, start, lineEnd, "&\"' }"));
    } else if (first == '"' || first == '\'') {
      blacken(text, start + 1, lastQuote(text, start + 1, lineEnd, first));
    } else {
      blacken(text, start, plainEnd(text, start, lineEnd));
    }
  }

  /** Blackens from the colon after the user to the last at sign of a URI. */
  private static void maskCredentials(StringBuilder text, int start) {
    int end = firstOf(text, start, lineEnd(text, start), "\"' \t");
    int at = text.substring(start, end).lastIndexOf('@');
    int colon = text.indexOf(":", start);
    if (at >= 0 && colon >= 0 && colon < start + at) {
      blacken(text, colon + 1, start + at);
    }
  }

  private static boolean isOfWord(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '-';
  }

  private static int afterBlanks(StringBuilder text, int start) {
    int i = start;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static int lineEnd(StringBuilder text, int start) {
    int end = text.indexOf("\n", start);
    return end < 0 ? text.length() : end;
  }

  private static int firstOf(StringBuilder text, int start, int end, String characters) {
    int i = start;
    while (i < end && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static int lastQuote(StringBuilder text, int start, int end, char quote) {
    int found = end;
    for (int i = start; i < end; i++) {
      boolean isEscape = quote == '"' && text.charAt(i) == '\\';
      boolean isDoubled = quote == '\'' && text.charAt(i) == quote && i + 1 < end;
      if (isEscape || isDoubled && text.charAt(i + 1) == quote) {
        i++;
      } else if (text.charAt(i) == quote) {
        found = i;
        break;
      }
    }
    return found;
  }

  /** In braces a comma or the brace ends a value; elsewhere only the line does. */
  private static int plainEnd(StringBuilder text, int start, int lineEnd) {
    int lineStart = text.lastIndexOf("\n", start) + 1;
    if (text.substring(lineStart, start).indexOf('{') >= 0) {
      return firstOf(text, start, lineEnd, ",}");
    }
    int end = lineEnd;
    while (end > start && ",} \r".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static void blacken(StringBuilder text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, BLACK);
      }
    }
  }

  private static void blacken(StringBuilder text, SyntaxNode node) {
    if (node instanceof MappingNode mapping) {
      for (MappingNode.Entry entry : mapping.entries()) {
        boolean isPassword = Spelling.closest(entry.key().text(), List.of(KEY)) != null;
        if (isPassword && !(entry.value() instanceof MappingNode)) {
          blacken(text, entry.value().span().start(), entry.value().span().end());
        }
        blacken(text, entry.value());
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.items().forEach(item -> blacken(text, item));
    }
  }
}
