package dev.pgrunbook.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of a session, in the order in which {@code help} lists them. */
enum Verb {
  NEXT("next", "n", "run this step, and stop before the next", Topic.GOING),
  RUN("run", "r", "run to the end, or to a breakpoint", Topic.GOING),
  UNTIL("until STEP", null, "run up to a step, and stop before it", Topic.GOING),
  SKIP("skip [REASON]", null, "leave this step out; asks why", Topic.GOING),
  DONE("done [REASON]", null, "this step is done, by hand say; asks how you know", Topic.GOING),
  RETRY("retry", null, "try the failed step again", Topic.GOING),
  UNDO("undo [STEP]", null, "revert a step that is done, where it says how", Topic.GOING),
  FAIL("fail", null, "leave it at the failure: the run ends as failed", Topic.GOING),
  BREAK("break [STEP|KIND|if EXPRESSION]", "b", "stop there; alone, list breakpoints", Topic.GOING),
  UNBREAK("unbreak N|all", null, "remove a breakpoint", Topic.GOING),
  QUIT("quit", "q", "pause the run; resume goes on here", Topic.GOING),

  APPROVE("approve [COMMENT]", null, "say yes to a review or a gate", Topic.ANSWERING),
  REJECT("reject [COMMENT]", null, "say no; the run pauses", Topic.ANSWERING),
  PICK("pick 1,3-5", null, "keep only these of the generated statements", Topic.ANSWERING),
  EDIT("edit", null, "change the generated statements in $VISUAL or $EDITOR", Topic.ANSWERING),
  ORIGINAL("original", null, "take picks and edits back", Topic.ANSWERING),

  LIST("list", "l", "all steps, and how each stands", Topic.LOOKING),
  SHOW("show [STEP|N]", null, "this step again, another one, or one statement", Topic.LOOKING),
  PLAN("plan", null, "the SQL that is still to come, as far as it is known", Topic.LOOKING),
  VARS("vars [NAME]", "v", "parameters and variables", Topic.LOOKING),
  SET("set NAME = VALUE", null, "give a parameter or variable another value", Topic.LOOKING),
  NOTE("note TEXT", null, "write something into the journal", Topic.LOOKING),

  SQL("sql STATEMENT;", null, "run a query, read-only; the word can be left out", Topic.SQL),
  WRITE("sql! STATEMENT;", null, "run what writes; asks first, and is journaled", Topic.SQL),
  EXPLAIN(
      "explain [STATEMENT;]", null, "how the server would run it; this step's alone", Topic.SQL),
  USE("use TARGET", null, "send SQL to another target; alone, list them", Topic.SQL),
  PROBE("probe [STEP]", null, "ask what a probe asks, once", Topic.SQL),
  WATCH("watch STEP|off", null, "keep what a probe sees above the prompt", Topic.SQL),
  BLOCKERS("blockers", null, "who waits for whom on this target", Topic.SQL),
  DESCRIBE("\\d [NAME]", null, "the tables here, or one of them", Topic.SQL),
  INDEXES("\\di [NAME]", null, "the indexes here, or those of a table", Topic.SQL),
  EXPANDED("\\x [on|auto]", null, "show rows one value a line", Topic.SQL),
  TIMING("\\timing [on|off]", null, "tell how long statements take", Topic.SQL),

  HELP("help [COMMAND]", "h", "explain a command, or list them", Topic.SQL);

  /** What commands are about. */
  enum Topic {
    GOING("Going on"),
    ANSWERING("Answering"),
    LOOKING("Looking and noting"),
    SQL("SQL");

    private final String title;

    Topic(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final String usage;
  private final @Nullable String shortly;
  private final String does;
  private final Topic topic;

  Verb(String usage, @Nullable String shortly, String does, Topic topic) {
    this.usage = usage;
    this.shortly = shortly;
    this.does = does;
    this.topic = topic;
  }

  /** Returns the word that is typed. */
  String word() {
    int space = usage.indexOf(' ');
    return space < 0 ? usage : usage.substring(0, space);
  }

  String usage() {
    return usage;
  }

  /** Returns the letter that stands for it, or null. */
  @Nullable String shortly() {
    return shortly;
  }

  String does() {
    return does;
  }

  Topic topic() {
    return topic;
  }

  /** Returns whether SQL follows the word, up to a semicolon. */
  boolean takesSql() {
    return this == SQL || this == WRITE || this == EXPLAIN;
  }

  /** Returns the commands that a word may mean: the one it names, or all that it begins. */
  static List<Verb> meant(String typed) {
    String word = typed.toLowerCase(Locale.ROOT);
    List<Verb> begun = new ArrayList<>();
    for (Verb verb : values()) {
      if (verb.word().equals(word) || word.equals(verb.shortly)) {
        return List.of(verb);
      }
      if (!word.isEmpty() && verb.word().startsWith(word) && !word.startsWith("\\")) {
        begun.add(verb);
      }
    }
    Verb habit = begun.isEmpty() ? habit(word) : null;
    return habit == null ? begun : List.of(habit);
  }

  /** Returns what fingers that know psql or gdb mean, or null. */
  private static @Nullable Verb habit(String word) {
    return switch (word) {
      case "?", "\\?", "\\h" -> HELP;
      case "\\q", "exit" -> QUIT;
      case "\\dt", "\\d+", "\\dt+" -> DESCRIBE;
      case "\\di+" -> INDEXES;
      case "continue", "c" -> RUN;
      default -> null;
    };
  }

  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Verb verb : values()) {
      words.add(verb.word());
    }
    return words;
  }
}
