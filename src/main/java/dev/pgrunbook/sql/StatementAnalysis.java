package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.FunctionCalls.Call;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does and locks, as far as its text tells.
 *
 * <p>It errs to one side: what is not understood is not read-only, and has no locks and no dangers
 * listed. The server is the judge of whether a statement is one at all.
 *
 * @param command PostgreSQL's command tag, {@code CONCURRENTLY} kept
 * @param readOnly whether it changes nothing: no data, no schema, no session, and calls only those
 *     of PostgreSQL's own functions that merely read
 * @param destructive whether it destroys data or objects; {@code dangers} says which
 * @param transactionRule how it gets along with a transaction block
 * @param takesParameters whether PostgreSQL accepts bound values in it; true when unknown
 * @param locks the locks on relations it names, in order of writing
 * @param calls the names of the functions it calls, as written
 * @param dangers a phrase for everything it destroys, such as {@code drops index a}
 */
public record StatementAnalysis(
    String command,
    boolean readOnly,
    boolean destructive,
    TransactionRule transactionRule,
    boolean takesParameters,
    List<RelationLock> locks,
    List<String> calls,
    List<String> dangers) {

  public StatementAnalysis {
    Objects.requireNonNull(command);
    Objects.requireNonNull(transactionRule);
    locks = List.copyOf(locks);
    calls = List.copyOf(calls);
    dangers = List.copyOf(dangers);
  }

  /** Returns the analysis of one finished statement, generated SQL for instance. */
  public static StatementAnalysis of(String statement) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    return of(statement, script.tokens());
  }

  static StatementAnalysis of(String text, List<Token> all) {
    return of(new StatementTokens(text, all));
  }

  static StatementAnalysis of(StatementTokens tokens) {
    if (tokens.size() == 0) {
      return new StatementAnalysis(
          "", false, false, TransactionRule.ALLOWED, true, List.of(), List.of(), List.of());
    }
    Command command = Command.read(tokens);
    if (command.tag().equals("EXPLAIN")) {
      return explain(tokens);
    }
    List<Call> calls = callsData(command) ? FunctionCalls.in(tokens) : List.of();
    Set<String> names = new LinkedHashSet<>();
    calls.forEach(call -> names.add(call.written()));
    List<String> dangers = Dangers.of(command, tokens, calls);
    return new StatementAnalysis(
        command.tag(),
        isReadOnly(command, tokens, calls),
        !dangers.isEmpty(),
        TransactionRules.of(command, tokens),
        takesParameters(command, tokens),
        Locks.of(command, tokens, calls),
        List.copyOf(names),
        dangers);
  }

  /** EXPLAIN alone carries nothing out; with ANALYZE it does all that the statement does. */
  private static StatementAnalysis explain(StatementTokens tokens) {
    Explain explain = Explain.read(tokens);
    boolean analyze = explain.analyze();
    StatementTokens inner = explain.statement();
    StatementAnalysis explained = of(inner);
    boolean parameters =
        explained.takesParameters && !inner.areWords(0, "create", "materialized", "view");
    return new StatementAnalysis(
        "EXPLAIN",
        !analyze || explained.readOnly,
        analyze && explained.destructive,
        TransactionRule.ALLOWED,
        parameters,
        explained.locks,
        explained.calls,
        analyze ? explained.dangers : List.of());
  }

  private static boolean callsData(Command command) {
    return switch (command.tag()) {
      case "SELECT",
          "SELECT INTO",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "CALL",
          "COPY",
          "CREATE TABLE AS",
          "CREATE MATERIALIZED VIEW",
          "DECLARE CURSOR" ->
          true;
      default -> !command.known();
    };
  }

  private static boolean isReadOnly(Command command, StatementTokens tokens, List<Call> calls) {
    return switch (command.tag()) {
      case "SHOW" -> true;
      case "SELECT", "DECLARE CURSOR" ->
          DataChange.in(tokens).isEmpty()
              && !QueryLocks.locksRows(tokens)
              && FunctionCalls.onlyRead(calls);
      default -> false;
    };
  }

  /**
   * Tried on PostgreSQL 15: the server plans these with the values it is given; everywhere else it
   * says "there is no parameter $1", or that it is a syntax error.
   */
  private static boolean takesParameters(Command command, StatementTokens tokens) {
    return switch (command.tag()) {
      case "SELECT",
          "SELECT INTO",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "CALL",
          "DECLARE CURSOR" ->
          true;
      case "CREATE TABLE AS" -> {
        @Nullable StatementTokens query = Command.queryAfterAs(tokens, command.next());
        yield query == null || !query.isWord(0, "execute");
      }
      default -> !command.known();
    };
  }
}
