package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * An INSERT, UPDATE, DELETE or MERGE, be it the statement itself or one in its WITH clause.
 *
 * @param verb the first word in lower case
 * @param relation the changed relation as written
 * @param filtered whether there is a WHERE clause
 */
record DataChange(String verb, String relation, boolean filtered) {

  /** Returns every change that a statement makes, in order of writing. */
  static List<DataChange> in(StatementTokens tokens) {
    List<DataChange> changes = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean begins = i == 0 || tokens.is(i - 1, '(') || tokens.is(i - 1, ')');
      int relation = begins ? relation(tokens, i) : -1;
      if (relation >= 0) {
        String name = tokens.written(relation, tokens.nameEnd(relation));
        boolean filtered = tokens.find(i, groupEnd(tokens, i), tokens.depth(i), "where") >= 0;
        changes.add(new DataChange(tokens.word(i), name, filtered));
      }
    }
    return changes;
  }

  private static int relation(StatementTokens tokens, int i) {
    int name =
        switch (tokens.word(i)) {
          case "insert", "merge" -> tokens.isWord(i + 1, "into") ? i + 2 : -1;
          case "delete" -> tokens.isWord(i + 1, "from") ? i + 2 : -1;
          case "update" -> i + 1;
          default -> -1;
        };
    boolean only = tokens.isWord(name, "only");
    int start = name < 0 ? -1 : only ? name + 1 : name;
    return start >= 0 && tokens.nameEnd(start) > start ? start : -1;
  }

  private static int groupEnd(StatementTokens tokens, int start) {
    int i = start;
    while (i < tokens.size() && tokens.depth(i) >= tokens.depth(start)) {
      i++;
    }
    return i;
  }
}
