package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ALTER TABLE taken apart.
 *
 * @param table the table as written
 * @param actions where its actions begin and end, in order
 */
record AlterTable(String table, List<Action> actions) {

  /**
   * One action.
   *
   * @param start index of its first token
   * @param end index after its last
   */
  record Action(int start, int end) {}

  /** Returns the parts, or null for {@code ALTER TABLE ALL IN TABLESPACE} and what is no table. */
  static @Nullable AlterTable read(StatementTokens tokens, int next) {
    int name = tokens.after(tokens.after(next, "if", "exists"), "only");
    int end = tokens.nameEnd(name);
    if (end == name || tokens.areWords(name, "all", "in")) {
      return null;
    }
    int start = end < tokens.size() && tokens.written(end, end + 1).equals("*") ? end + 1 : end;
    List<Action> actions = new ArrayList<>();
    while (start < tokens.size()) {
      int stop = tokens.partEnd(start, tokens.size());
      actions.add(new Action(start, stop));
      start = stop + 1;
    }
    return new AlterTable(tokens.written(name, end), actions);
  }
}
