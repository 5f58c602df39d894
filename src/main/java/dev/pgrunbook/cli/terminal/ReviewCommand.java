package dev.pgrunbook.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer typed.
 *
 * @param verb what to do
 * @param rest what stood after the word; empty when nothing did
 */
record ReviewCommand(Verb verb, String rest) {

  /** The words; a beginning that fits one of them only is enough. */
  enum Verb {
    APPROVE("approve [COMMENT]", "run these statements"),
    REJECT("reject [COMMENT]", "run none of them; the run pauses"),
    PICK("pick 1,3-5", "keep only these, in this order of the list"),
    EDIT("edit", "change them in $VISUAL or $EDITOR"),
    ORIGINAL("original", "take picks and edits back"),
    SHOW("show [N]", "print everything, or one statement whole"),
    QUIT("quit", "pause the run; the question waits"),
    HELP("help", "print this");

    private final String usage;
    private final String does;

    Verb(String usage, String does) {
      this.usage = usage;
      this.does = does;
    }

    String usage() {
      return usage;
    }

    String does() {
      return does;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the command of a line, or null when its first word fits none, or several. */
  static @Nullable ReviewCommand parse(String line) {
    int space = line.indexOf(' ');
    String word = (space < 0 ? line : line.substring(0, space)).toLowerCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    if (word.equals("?")) {
      return new ReviewCommand(Verb.HELP, rest);
    }
    List<Verb> fitting = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      if (!word.isEmpty() && verb.word().startsWith(word)) {
        fitting.add(verb);
      }
    }
    return fitting.size() == 1 ? new ReviewCommand(fitting.get(0), rest) : null;
  }
}
