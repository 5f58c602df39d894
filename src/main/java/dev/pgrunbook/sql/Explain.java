package dev.pgrunbook.sql;

/**
 * An EXPLAIN taken apart.
 *
 * @param analyze whether the statement is carried out, too
 * @param statement the statement that is explained
 */
record Explain(boolean analyze, StatementTokens statement) {

  /** Returns the parts of a statement whose first word is EXPLAIN. */
  static Explain read(StatementTokens tokens) {
    int next = 1;
    boolean analyze = false;
    if (tokens.is(1, '(')) {
      int close = tokens.closing(1);
      int option = tokens.find(1, close, 1, "analyze");
      boolean off = tokens.isWord(option + 1, "false") || tokens.isWord(option + 1, "off");
      analyze = option >= 0 && !off;
      next = close + 1;
    } else {
      for (; tokens.isWord(next, "analyze") || tokens.isWord(next, "verbose"); next++) {
        analyze |= tokens.isWord(next, "analyze");
      }
    }
    return new Explain(analyze, tokens.from(next));
  }
}
