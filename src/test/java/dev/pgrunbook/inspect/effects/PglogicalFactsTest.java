package dev.pgrunbook.inspect.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.demo.ReplicationKind;
import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPair;
import dev.pgrunbook.testing.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pglogical's catalogs tell on either side. */
@ExtendWith(PostgresExtension.class)
class PglogicalFactsTest {

  private static StatementEffects connected(TestPostgres postgres, String sql) {
    try (Database database = CatalogReaderTest.open(postgres);
        ReadOnlySession session =
            database.readOnlySession(SessionSettings.of(ApplicationName.of("r1", "plan")))) {
      StatementEffects effects = StatementEffects.of(sql, StatementContext.in(Block.OWN));
      return ConnectedEffects.of(effects, CatalogReader.read(session, List.of(effects)), null);
    }
  }

  @Test
  void setsAndSubscriptionsAreNamed(
      @PairOf(
              value = ReplicationKind.PGLOGICAL,
              before = "SET test.rows = 10",
              publisher = "pairs/person.publisher.sql",
              subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    StatementEffects here =
        connected(pair.publisher(), "UPDATE public.\"Person\" SET name = 'x' WHERE id = 1");
    assertThat(here.relations().get(0).facts()).contains("in pglogical set default");
    assertThat(here.advice())
        .extracting(Advice::sentence)
        .contains(
            "pglogical set default sends each changed row of public.\"Person\" to its subscribers");
    StatementEffects there = connected(pair.subscriber(), "TRUNCATE public.\"Person\"");
    assertThat(there.relations().get(0).facts())
        .contains("written by pglogical subscription cred_tables");
    assertThat(there.advice())
        .extracting(one -> one.code().code())
        .contains("subscribed", "truncates");
  }
}
