package dev.pgrunbook.repl;

import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.sql.SqlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What may be typed next: commands, steps, variables, targets, and what the database has. */
final class Suggestions {

  private final Standing standing;
  private final CatalogNames catalog;

  Suggestions(Standing standing) {
    this.standing = standing;
    this.catalog = new CatalogNames(standing);
  }

  /** Returns the offset at which the word begins that a text ends with. */
  static int wordStart(String text) {
    int start = text.length();
    while (start > 0 && isPart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || "_$\"\\!-.:?".indexOf(c) >= 0;
  }

  /** Returns every word that a text may be completed to, in order. */
  List<Suggestion> of(String text) {
    int start = wordStart(text);
    String begun = text.substring(start).toLowerCase(Locale.ROOT);
    List<Suggestion> fitting = new ArrayList<>();
    for (Suggestion one : possible(text.substring(0, start), text.substring(start))) {
      if (one.word().toLowerCase(Locale.ROOT).startsWith(begun)) {
        fitting.add(one);
      }
    }
    return fitting;
  }

  private List<Suggestion> possible(String before, String word) {
    if (before.isBlank()) {
      return commands();
    }
    if (Typed.parse(before + "x") instanceof Typed.Command command) {
      return command.verb().takesSql() ? sql(before, word) : arguments(command.verb(), before);
    }
    return List.of();
  }

  private static List<Suggestion> commands() {
    List<Suggestion> all = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      all.add(new Suggestion(verb.word(), verb.does()));
    }
    new TreeSet<>(Typed.SQL_WORDS).forEach(word -> all.add(new Suggestion(word, "SQL")));
    return all;
  }

  private List<Suggestion> arguments(Verb verb, String before) {
    List<Suggestion> all = new ArrayList<>();
    switch (verb) {
      case UNTIL, SHOW, UNDO, PROBE -> all.addAll(steps());
      case WATCH -> {
        all.addAll(steps());
        all.add(new Suggestion("off", "watch nothing"));
      }
      case BREAK -> {
        all.addAll(steps());
        standing.places().all().stream()
            .map(place -> place.step().kind())
            .distinct()
            .forEach(kind -> all.add(new Suggestion(kind, "kind of step")));
        all.add(new Suggestion("if", "an expression follows"));
        all.addAll(before.contains(" if ") ? names("") : List.of());
      }
      case VARS, SET -> all.addAll(names(""));
      case USE -> {
        for (TargetRole role : standing.plan().runbook().targets()) {
          all.add(new Suggestion(role.role(), "target"));
        }
      }
      case DESCRIBE, INDEXES -> all.addAll(catalog.relations());
      case HELP -> all.addAll(commands());
      case EXPANDED -> words(all, "on", "auto");
      case TIMING -> words(all, "on", "off");
      case UNBREAK -> words(all, "all");
      default -> {}
    }
    return all;
  }

  private static void words(List<Suggestion> all, String... words) {
    for (String word : words) {
      all.add(new Suggestion(word, ""));
    }
  }

  private List<Suggestion> steps() {
    List<Suggestion> all = new ArrayList<>();
    for (Places.Place place : standing.places().all()) {
      String title = place.step().header().documentation().title();
      all.add(new Suggestion(place.step().id(), title == null ? place.step().kind() : title));
    }
    return all;
  }

  private List<Suggestion> names(String sign) {
    List<Suggestion> all = new ArrayList<>();
    for (String name : new Values(standing.plan().runbook()).names()) {
      boolean parameter = standing.plan().runbook().parameter(name) != null;
      all.add(new Suggestion(sign + name, parameter ? "parameter" : "variable"));
    }
    return all;
  }

  private List<Suggestion> sql(String before, String word) {
    if (word.startsWith(":")) {
      return names(":");
    }
    if (after(before, "from", "join", "into", "update", "table", "only", "on")) {
      return catalog.relations();
    }
    List<Suggestion> all = new ArrayList<>(catalog.columns(before, word));
    if (!word.isEmpty()) {
      all.addAll(catalog.relations());
    }
    if (!word.isEmpty() && word.indexOf('.') < 0) {
      boolean upper = Character.isUpperCase(word.charAt(0));
      for (String key : new TreeSet<>(SqlPart.KEY_WORDS)) {
        all.add(new Suggestion(upper ? key.toUpperCase(Locale.ROOT) : key, "SQL"));
      }
    }
    return all;
  }

  private static boolean after(String before, String... words) {
    String last = before.strip().toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (last.endsWith(word)) {
        return true;
      }
    }
    return false;
  }
}
