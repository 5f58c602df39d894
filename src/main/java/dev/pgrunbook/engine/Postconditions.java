package dev.pgrunbook.engine;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.LoneStatement;
import dev.pgrunbook.sql.LoneStatement.CreatesIndex;
import dev.pgrunbook.sql.LoneStatement.Detaches;
import dev.pgrunbook.sql.LoneStatement.DropsIndex;
import dev.pgrunbook.sql.LoneStatement.EndsPrepared;
import dev.pgrunbook.sql.LoneStatement.Exists;
import dev.pgrunbook.sql.LoneStatement.MovesDatabase;
import dev.pgrunbook.sql.LoneStatement.Reindexes;
import dev.pgrunbook.sql.LoneStatement.Repeatable;
import dev.pgrunbook.sql.LoneStatement.Subscribes;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the catalogs whether a statement that cannot run in a transaction block took effect, and
 * removes what it left half done.
 */
final class Postconditions {

  private final RunContext context;
  private final Sessions sessions;
  private final ReadOnlyQueries queries;

  Postconditions(RunContext context, Sessions sessions, ReadOnlyQueries queries) {
    this.context = context;
    this.sessions = sessions;
    this.queries = queries;
  }

  /** What the catalogs say of a statement. */
  enum Verdict {
    /** It took effect. */
    DONE,
    /** It did not, or may be carried out once more with the same result. */
    AGAIN,
    /** They do not tell. */
    UNKNOWN
  }

  /**
   * What was found.
   *
   * @param why for people, a sentence without its full stop
   */
  record Finding(Verdict verdict, String why) {}

  /** Returns what became of a statement whose answer never came. */
  Finding of(StepRun run, String role, String sql) {
    LoneStatement statement = LoneStatement.of(sql);
    if (statement == null) {
      return new Finding(Verdict.UNKNOWN, "the catalogs do not tell of such a statement");
    }
    try {
      return new Look(run, role).at(statement);
    } catch (StepFailure failure) {
      return unknown("the catalogs could not be asked: " + failure.sentence());
    } catch (DatabaseFailure failure) {
      return unknown("what it left half done could not be removed: " + failure.getMessage());
    }
  }

  /** Removes what an earlier try of a statement, which failed, left half done. */
  void clearLeftovers(StepRun run, String role, String sql) {
    LoneStatement statement = LoneStatement.of(sql);
    if (statement instanceof CreatesIndex || statement instanceof Reindexes) {
      new Look(run, role).at(statement);
    }
  }

  private static Finding unknown(String why) {
    return new Finding(Verdict.UNKNOWN, why);
  }

  private static Finding settled(boolean done, String ifDone, String ifNot) {
    return done ? new Finding(Verdict.DONE, ifDone) : new Finding(Verdict.AGAIN, ifNot);
  }

  /** One look at the database of one step. */
  private final class Look {

    private final StepRun run;
    private final String role;

    Look(StepRun run, String role) {
      this.run = run;
      this.role = role;
    }

    Finding at(LoneStatement statement) {
      if (statement instanceof Repeatable) {
        return new Finding(Verdict.AGAIN, "it may be carried out once more with the same result");
      } else if (statement instanceof CreatesIndex index) {
        return created(index);
      } else if (statement instanceof DropsIndex index) {
        boolean gone = isTrue("SELECT pg_catalog.to_regclass(?) IS NULL", index.index());
        return settled(gone, "there is no index " + index.index(), "the index is still there");
      } else if (statement instanceof Reindexes reindexes) {
        String dropped = dropped(leftovers(reindexes));
        return new Finding(Verdict.AGAIN, "an index may be rebuilt once more" + dropped);
      } else if (statement instanceof Exists exists) {
        return exists(exists);
      } else if (statement instanceof Detaches detaches) {
        return detached(detaches);
      }
      return other(statement);
    }

    private Finding other(LoneStatement statement) {
      if (statement instanceof Subscribes subscribes) {
        boolean has =
            isTrue(
                """
                SELECT ? = ANY (subpublications) FROM pg_catalog.pg_subscription
                WHERE subname = ? AND subdbid = (SELECT oid FROM pg_catalog.pg_database
                  WHERE datname = pg_catalog.current_database())""",
                subscribes.publication(),
                subscribes.subscription());
        String state = "the subscription has " + (has ? "" : "not ") + "that publication";
        return settled(has == subscribes.adds(), state, state);
      } else if (statement instanceof EndsPrepared ends) {
        boolean waits =
            isTrue(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts WHERE gid = "
                    + ends.literal()
                    + ")");
        return settled(!waits, "that transaction is no longer prepared", "it is still prepared");
      }
      MovesDatabase moves = (MovesDatabase) statement;
      boolean moved =
          isTrue(
              """
              SELECT spcname = ? FROM pg_catalog.pg_tablespace AS t
              JOIN pg_catalog.pg_database ON dattablespace = t.oid WHERE datname = ?""",
              moves.tablespace(),
              moves.database());
      return settled(moved, "the database is there", "the database is still where it was");
    }

    private Finding created(CreatesIndex index) {
      String name = index.index();
      if (name == null) {
        return unknown("the statement leaves the index's name to the server");
      }
      List<List<Value>> found =
          rows(
              """
              SELECT pg_catalog.format('%I.%I', nspname, relname), indisvalid AND indisready
              FROM pg_catalog.pg_index
              JOIN pg_catalog.pg_class AS c ON c.oid = indexrelid
              JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace
              WHERE indrelid = pg_catalog.to_regclass(?) AND relname = ?""",
              index.table(), name);
      if (found.isEmpty()) {
        return new Finding(Verdict.AGAIN, "there is no index " + name);
      }
      if (found.get(0).get(1).equals(Value.bool(true))) {
        return new Finding(Verdict.DONE, "the index " + name + " is there and valid");
      }
      String dropped = dropped(List.of(found.get(0).get(0).display()));
      return new Finding(Verdict.AGAIN, "the index was left invalid" + dropped);
    }

    /** Those of a rebuild that somebody else has under way are none. */
    private List<String> leftovers(Reindexes reindexes) {
      String name = reindexes.name() == null ? "" : reindexes.name();
      List<String> names = new ArrayList<>();
      rows(
              """
              SELECT pg_catalog.format('%I.%I', nspname, c.relname)
              FROM pg_catalog.pg_index AS i
              JOIN pg_catalog.pg_class AS c ON c.oid = indexrelid
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class AS t ON t.oid = indrelid
              LEFT JOIN pg_catalog.pg_class AS owner ON owner.reltoastrelid = t.oid
              WHERE NOT indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
                  WHERE p.relid = indrelid)
                AND CASE ?
                  WHEN 'INDEX' THEN pg_catalog.starts_with(
                      (SELECT relname::text FROM pg_catalog.pg_class
                       WHERE oid = pg_catalog.to_regclass(?)),
                      pg_catalog.regexp_replace(c.relname, '_cc(new|old)[0-9]*$', ''))
                    AND indrelid = (SELECT indrelid FROM pg_catalog.pg_index
                      WHERE indexrelid = pg_catalog.to_regclass(?))
                  WHEN 'TABLE' THEN coalesce(owner.oid, t.oid) IN (
                    SELECT pg_catalog.to_regclass(?)::oid UNION
                    SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
                  WHEN 'SCHEMA' THEN
                    coalesce(owner.relnamespace, t.relnamespace) = pg_catalog.to_regnamespace(?)
                  ELSE true END
              ORDER BY 1""",
              reindexes.kind(), name, name, name, name, name)
          .forEach(row -> names.add(row.get(0).display()));
      return names;
    }

    private String dropped(List<String> indexes) {
      if (indexes.isEmpty()) {
        return "";
      }
      for (String index : indexes) {
        String sql = "DROP INDEX CONCURRENTLY IF EXISTS " + index;
        sessions.reconnecting(
            run,
            () -> {
              try (Session session = sessions.writing(run, role)) {
                return session.executeAlone(BoundSql.of(sql), 0);
              }
            });
        context.tell(
            listener -> listener.notice(run.address(), "left half done, and dropped: " + index));
      }
      return "; left half done, and dropped: " + String.join(", ", indexes);
    }

    private Finding exists(Exists exists) {
      String name = exists.name();
      boolean there =
          switch (exists.kind()) {
            case "DATABASE" ->
                // -2 marks one that DROP DATABASE was interrupted in.
                isTrue(
                    "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ?"
                        + (exists.creates() ? " AND datconnlimit <> -2)" : ")"),
                    name);
            case "TABLESPACE" ->
                isTrue(
                    "SELECT EXISTS (SELECT FROM pg_catalog.pg_tablespace WHERE spcname = ?)", name);
            default ->
                isTrue(
                    """
                    SELECT EXISTS (SELECT FROM pg_catalog.pg_subscription WHERE subname = ?
                      AND subdbid = (SELECT oid FROM pg_catalog.pg_database
                        WHERE datname = pg_catalog.current_database()))""",
                    name);
          };
      String state = name + (there ? " is there" : " is not there");
      return settled(there == exists.creates(), state, state);
    }

    private Finding detached(Detaches detaches) {
      List<List<Value>> found =
          rows(
              """
              SELECT inhdetachpending FROM pg_catalog.pg_inherits
              WHERE inhrelid = pg_catalog.to_regclass(?) AND inhparent = pg_catalog.to_regclass(?)""",
              detaches.partition(),
              detaches.table());
      if (!found.isEmpty() && found.get(0).get(0).equals(Value.bool(true))) {
        return unknown(
            "the partition is half detached; ALTER TABLE "
                + detaches.table()
                + " DETACH PARTITION "
                + detaches.partition()
                + " FINALIZE completes that");
      }
      return settled(
          found.isEmpty(), "the partition is detached", "the partition is still attached");
    }

    private boolean isTrue(String sql, String... values) {
      List<List<Value>> rows = rows(sql, values);
      return !rows.isEmpty() && rows.get(0).get(0).equals(Value.bool(true));
    }

    private List<List<Value>> rows(String sql, String... values) {
      List<BoundValue> bound = new ArrayList<>();
      for (String value : values) {
        bound.add(new BoundValue("text", Value.text(value)));
      }
      return queries.rows(run, role, new BoundSql(sql, bound), sql, 1000).rows();
    }
  }
}
