package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.testing.EmbeddedPglogical;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that load only the output plugins they are told of, as 15.19 and later do. */
@Timeout(120)
class OutputPluginLibrariesTest {

  private static final String STATUS =
      "SELECT sync_status FROM pglogical.local_sync_status WHERE sync_relname = 'Person'";

  @TempDir Path directory;
  @TempDir Path store;

  @Test
  void fact15APluginThatIsNotListedIsFoundBeforeAnythingIsDropped() {
    try (TestPair pair =
        EmbeddedPglogical.pair(
            directory, "pairs/person.publisher.sql", "pairs/person.subscriber.sql")) {
      PersonPair person = new PersonPair(pair);
      assertThat(person.resync(store).run())
          .as("with the plugin in the list, which the pair sets")
          .isEqualTo(RunbookRun.DONE);
      pair.publisher()
          .execute("ALTER SYSTEM SET output_plugin_libraries = pgoutput, test_decoding");
      pair.publisher().execute("SELECT pg_reload_conf()");
      CopyBrake.await(
          () ->
              "pgoutput, test_decoding"
                  .equals(pair.publisher().queryText("SHOW output_plugin_libraries")));
      RunbookRun run = person.resync(store);

      assertThat(run.run()).isEqualTo(RunbookRun.FAILED);

      assertThat(run.failures())
          .containsExactly(
              "output_plugin_libraries is 'pgoutput, test_decoding', so the slots of pglogical"
                  + " fail. Set it to 'pgoutput, test_decoding,pglogical_output' and reload");
      assertThat(run.events(RunEvent.StatementPrepared.class)).isEmpty();
      theGuideTruncatesAndWaitsForEver(person);
    }
  }

  private static void theGuideTruncatesAndWaitsForEver(PersonPair person) {
    person.subscriber().execute(PersonPair.guide("resynchronize-2-trigger"));
    CopyBrake.await(
        () ->
            person
                .publisher()
                .server()
                .log()
                .contains("library \"pglogical_output\" may not be used as an output plugin"));
    assertThat(person.rows()).isZero();
    assertThat(person.subscriber().queryText(STATUS)).isNotEqualTo("r");
  }
}
