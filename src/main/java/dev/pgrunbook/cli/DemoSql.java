package dev.pgrunbook.cli;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.demo.ServerAddress;
import dev.pgrunbook.demo.SqlRunner;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.workspace.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the demo's SQL through the program's own database access. */
final class DemoSql implements SqlRunner {

  private final Workspace workspace;

  DemoSql(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public @Nullable String run(ServerAddress server, String database, String sql) {
    DatabaseSettings settings = workspace.settings(server.uri(database)).orNull();
    List<String> statements = SqlScript.split(SourceText.of("<demo>", sql)).orNull();
    if (settings == null || statements == null) {
      throw new IllegalStateException("the demo's own SQL or address is unsound");
    }
    try (Database opened = Database.open(settings, 1);
        Session session = opened.session(SessionSettings.of(ApplicationName.of("demo")))) {
      return statements.size() == 1
          ? first(session.executeAlone(BoundSql.of(statements.get(0)), 1), null)
          : together(session, statements);
    }
  }

  private static @Nullable String together(Session session, List<String> statements) {
    String found = null;
    session.begin(null);
    for (String statement : statements) {
      found = first(session.execute(BoundSql.of(statement), 1), found);
    }
    session.commit();
    return found;
  }

  private static @Nullable String first(StatementOutcome outcome, @Nullable String before) {
    Value first = outcome.rows() == null ? null : outcome.rows().first();
    return before != null || first == null || first.isNull() ? before : first.display();
  }
}
