package dev.pgrunbook.repl;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;

/** What commands do, for people. */
final class HelpText {

  private HelpText() {}

  /** Returns every command with what it does. */
  static List<String> all(Look look) {
    int widest = 0;
    for (Verb verb : Verb.values()) {
      widest = Math.max(widest, DisplayText.width(verb.usage()));
    }
    List<String> lines = new ArrayList<>();
    for (Verb.Topic topic : Verb.Topic.values()) {
      lines.add(look.theme().paint(Role.HEADING, topic.title()));
      for (Verb verb : Verb.values()) {
        if (verb.topic() == topic) {
          String usage = DisplayText.pad(verb.usage(), widest);
          lines.add("  " + usage + "  " + look.theme().paint(Role.DIM, verb.does()));
        }
      }
    }
    lines.add("");
    lines.add("A beginning of a word is enough where only one command has it; n, r, b, q, l, v, h");
    lines.add(
        "stand for next, run, break, quit, list, vars and help; \\q, \\dt and \\? are what they are");
    lines.add("in psql. :name in SQL is a value.");
    return lines;
  }

  /** Returns one command with all there is to know. */
  static List<String> of(Verb verb, Look look) {
    List<String> lines = new ArrayList<>();
    String shortly = verb.shortly() == null ? "" : "  (" + verb.shortly() + ")";
    lines.add(look.theme().paint(Role.HEADING, verb.usage()) + shortly);
    for (String line : DisplayText.wrap(detail(verb), Math.min(look.width(), 90) - 4)) {
      lines.add("    " + line);
    }
    return lines;
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static String detail(Verb verb) {
    String more =
        switch (verb) {
          case NEXT ->
              "Questions that the step itself asks are asked on the way. Of a loop, every item is a"
                  + " step of its own.";
          case RUN -> "It stops all the same where something has to be answered, or fails.";
          case UNTIL -> "What has to be answered before is asked, and a failure stops it.";
          case SKIP, DONE -> "The reason is kept in the journal; without one nothing happens.";
          case RETRY ->
              "What of the step has taken effect is not done again. Of a statement in doubt: it had"
                  + " no effect, and is to be run.";
          case UNDO ->
              "The SQL that the runbook gives is shown, and runs once you say so; then the step is not"
                  + " done. Alone, the step that was done last; an item is make[2].";
          case FAIL -> "What the runbook has for failures runs, and the run can still be resumed.";
          case BREAK ->
              "STEP may name an item: drop[2]. KIND is sql, generate, gate and so on. EXPRESSION is"
                  + " one of the runbook language, over parameters and variables: if rows > 1000.";
          case UNBREAK -> "break alone lists them with their numbers.";
          case QUIT -> "Ctrl-D asks first. `pgrunbook resume` goes on, with or without --step.";
          case APPROVE, REJECT ->
              "The comment is kept in the journal. What was shown is what runs, to the letter.";
          case PICK, EDIT, ORIGINAL ->
              "The statements are analysed again and shown with their new digest; nothing runs before"
                  + " they are approved.";
          case LIST -> "The arrow is where the run stands.";
          case SHOW -> "N is the number of a generated statement that is under review.";
          case PLAN -> "What depends on steps that have not run is known when they have.";
          case VARS -> "NAME alone shows the whole value. A secret is never shown.";
          case SET ->
              "VALUE is written as on the command line; of what steps have saved, as JSON. It holds"
                  + " from here on, and is kept in the journal.";
          case NOTE -> "`pgrunbook audit` tells it with who and when.";
          case SQL ->
              "The server refuses whatever would write. Parameters and variables can be used: :name,"
                  + " :'name', :\"name\". It may take several lines.";
          case WRITE ->
              "Statements typed together are one transaction. The journal has them before they are"
                  + " sent; a protected target's name has to be typed.";
          case EXPLAIN -> "EXPLAIN without ANALYZE: nothing is carried out.";
          case USE -> "Otherwise SQL goes to the target of the step at hand.";
          case PROBE -> "Alone, the step at hand if it is one.";
          case WATCH ->
              "It is asked as often as the probe says, while you type, and on from step to step until watch"
                  + " off. In a pipe, before every prompt.";
          case BLOCKERS ->
              "With the queries of both, and how long the blocker's transaction is open. Also who holds"
                  + " what the step at hand would wait for.";
          case DESCRIBE, INDEXES -> "Names are written as in SQL: public.\"Person\".";
          case EXPANDED -> "auto does so only where a table would not fit.";
          case TIMING -> "As the operator waits for it, round trips included.";
          case HELP -> "";
        };
    return more.isEmpty() ? sentence(verb.does()) : sentence(verb.does()) + " " + more;
  }
}
