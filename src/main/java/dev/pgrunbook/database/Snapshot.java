package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import java.util.Map;

/**
 * A session that can read only, and whose queries all see the same moment: they share one READ
 * ONLY, REPEATABLE READ transaction, which is rolled back. After a query, failed or not, nothing is
 * left of it but what it returned: no lock, no setting.
 */
public interface Snapshot extends ReadOnlySession {

  /**
   * Returns the rows of a query.
   *
   * @param settings set as {@code pgrunbook.NAME} for this query alone
   * @param maxRows how many rows to take at most
   * @throws DatabaseFailure when it fails
   */
  Rows query(BoundSql sql, Map<String, Value> settings, int maxRows);

  /**
   * Returns the rows of a question of this program's own, which finds nothing but what is in {@code
   * pg_catalog} by an unqualified name.
   *
   * @throws DatabaseFailure when it fails
   */
  Rows ask(BoundSql sql);

  /**
   * Has the server parse a statement of any kind, and look up every name in it, without planning or
   * executing it.
   *
   * @throws StatementFailure when the server does not understand it
   */
  void describe(BoundSql sql);
}
