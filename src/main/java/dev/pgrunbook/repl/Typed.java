package dev.pgrunbook.repl;

import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.sql.SqlScript;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was typed, as a session understands it. */
sealed interface Typed {

  /** A command with what stood after it. */
  record Command(Verb verb, String rest) implements Typed {}

  /** Nothing, or nothing but comments. */
  record Nothing() implements Typed {}

  /** No command; the sentence says why. */
  record Unknown(String sentence) implements Typed {}

  /** Words that begin SQL, and no command of a session. */
  Set<String> SQL_WORDS =
      Set.of(
          ("select with values table insert update delete merge create alter drop truncate grant"
                  + " revoke vacuum analyze reindex cluster comment copy refresh lock call do"
                  + " begin start commit rollback savepoint listen notify import security checkpoint")
              .split(" "));

  /** Returns what a line, or several of SQL, say. */
  static Typed parse(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("--") && line.indexOf('\n') < 0) {
      return new Nothing();
    }
    String word = firstWord(line);
    if (isSqlWord(word) || line.startsWith("(")) {
      return new Command(Verb.SQL, line);
    }
    List<Verb> meant = Verb.meant(word);
    if (meant.size() == 1) {
      return new Command(meant.get(0), line.substring(word.length()).strip());
    }
    return new Unknown(meant.isEmpty() ? unknown(word) : ambiguous(word, meant));
  }

  private static boolean isSqlWord(String word) {
    return SQL_WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static String unknown(String word) {
    String hint = Spelling.didYouMean(word, Verb.words());
    return "\"" + word + "\" is no command here; " + (hint == null ? "help lists them" : hint);
  }

  private static String ambiguous(String word, List<Verb> meant) {
    List<String> words = meant.stream().map(Verb::word).toList();
    return "\"" + word + "\" may be " + String.join(", ", words) + ": type more of it";
  }

  /** Returns whether nothing is missing: SQL goes on to its semicolon. */
  static boolean isComplete(String text) {
    Typed typed = parse(text);
    if (!(typed instanceof Command command) || !command.verb().takesSql()) {
      return true;
    }
    return command.rest().isEmpty() || SqlScript.isComplete(command.rest());
  }

  /** Returns what stands before the first white space, a psql command without its argument. */
  static String firstWord(String line) {
    int end = 0;
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    String word = line.substring(0, end);
    return word.endsWith(";") ? word.substring(0, word.length() - 1) : word;
  }
}
