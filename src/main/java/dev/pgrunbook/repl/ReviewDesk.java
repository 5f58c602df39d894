package dev.pgrunbook.repl;

import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.source.Validated;
import java.util.List;

/** Shows generated statements to a reviewer, and has them edited, as every review does. */
public interface ReviewDesk {

  /**
   * Returns what a reviewer sees of these statements, the request's or edited ones, below a
   * headline.
   */
  List<String> statements(Request.Review request, GeneratedStatements statements);

  /** Returns one statement whole, with every column of its row. */
  List<String> statement(Request.Review request, int number, Generated statement);

  /** Returns the statements as the operator's own editor left them. */
  Validated<List<Generated>> edit(String step, List<Generated> statements);
}
