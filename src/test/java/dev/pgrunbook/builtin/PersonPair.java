package dev.pgrunbook.builtin;

import dev.pgrunbook.testing.Resources;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The standard pair through pglogical, which several tests in turn damage and repair. */
record PersonPair(TestPair pair) {

  static final String PERSON = "public.\"Person\"";

  private static final String RESYNC = "pglogical/resync-tables";
  private static final String NUDGE = "SELECT pg_logical_emit_message(true, 'test', 'nudge')";

  /** Returns the documented SQL of a step. */
  static String guide(String step) {
    return Resources.text("guide/" + step + ".sql");
  }

  TestPostgres publisher() {
    return pair.publisher();
  }

  TestPostgres subscriber() {
    return pair.subscriber();
  }

  /** Returns a run that resynchronises the table, of a publisher that is not idle. */
  RunbookRun resync(Path store) {
    return resync(store, text -> text);
  }

  /** Returns such a run of an edited runbook. */
  RunbookRun resync(Path store, Function<String, String> edit) {
    return RunbookRun.ofBuiltIn(RESYNC, store, edit)
        .on(pair)
        .with("tables", PERSON)
        .sampling("watch", sample -> publisher().execute(NUDGE));
  }

  /** Returns the definitions of all the subscriber's indexes of the table, in order. */
  List<String> indexes() {
    return subscriber()
        .queryRows(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
                + " WHERE indrelid = 'public.\"Person\"'::regclass ORDER BY 1")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  /** Returns how many rows the subscriber has. */
  long rows() {
    return subscriber().queryLong("SELECT count(*) FROM " + PERSON);
  }

  /** Returns the file of the subscriber's table: another one after each TRUNCATE. */
  long file() {
    return subscriber().queryLong("SELECT pg_relation_filenode('public.\"Person\"')");
  }

  /** Runs the sabotage that makes the next COPY fail in the worker. */
  void sabotageUnique() {
    publisher().execute(Resources.text("pairs/sabotage-unique.publisher.sql"));
    pair.awaitReplay();
    subscriber().execute(Resources.text("pairs/sabotage-unique.subscriber.sql"));
  }

  /** Undoes every damage that tests do. */
  void repair() {
    subscriber()
        .execute(
            """
            DROP TABLE IF EXISTS "PersonNote";
            ALTER TABLE "Person" DROP CONSTRAINT IF EXISTS "Person_email_only_here";
            DROP INDEX IF EXISTS "Person_email_only_here", "Person_fullName_idx", "Person_email_idx",
                "Person_companyId_updatedAt_idx";
            """);
    publisher()
        .execute(
            "UPDATE \"Person\" SET email = 'person2@example.com'"
                + " WHERE id = 2 AND email <> 'person2@example.com'");
    pair.awaitReplay();
    if (rows() != publisher().queryLong("SELECT count(*) FROM " + PERSON)) {
      subscriber().execute(guide("resynchronize-2-trigger"));
      pair.awaitSync();
    }
    String script = Resources.text("pairs/person.subscriber.sql");
    subscriber().execute(script.substring(script.indexOf("CREATE INDEX")));
  }
}
