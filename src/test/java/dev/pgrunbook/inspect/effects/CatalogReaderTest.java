package dev.pgrunbook.inspect.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SessionSettings;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.TouchedRows;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real catalog adds to the effects of statements. */
@ExtendWith(PostgresExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CatalogReaderTest {

  private final TestPostgres postgres;
  private final Database database;
  private final ReadOnlySession session;

  CatalogReaderTest(TestPostgres postgres) {
    this.postgres = postgres;
    this.database = open(postgres);
    this.session = database.readOnlySession(SessionSettings.of(ApplicationName.of("r1", "plan")));
  }

  @BeforeAll
  void createObjects() {
    postgres.execute(
        """
        CREATE TABLE person (
          id int PRIMARY KEY, name varchar(20), born timestamp, nick text, weight numeric(6, 2),
          code char(3), CONSTRAINT nick_there CHECK (nick IS NOT NULL AND nick <> ''));
        CREATE TABLE orders (id int PRIMARY KEY, person_id int, amount int,
          CONSTRAINT orders_person FOREIGN KEY (person_id) REFERENCES person ON DELETE CASCADE);
        CREATE TABLE notes (id int PRIMARY KEY, person_id int);
        ALTER TABLE notes ADD CONSTRAINT notes_person FOREIGN KEY (person_id) REFERENCES person
          NOT VALID;
        CREATE INDEX notes_by_person ON notes (person_id);
        CREATE INDEX person_by_name ON person (name);
        CREATE VIEW names AS SELECT name FROM person;
        CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER audited AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION audit();
        CREATE TRIGGER silent AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION audit();
        ALTER TABLE person DISABLE TRIGGER silent;
        CREATE FUNCTION steady() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION unsteady() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
        CREATE DOMAIN plain AS text;
        CREATE DOMAIN strict AS text CHECK (VALUE <> '');
        CREATE TABLE log (line text);
        CREATE PUBLICATION p FOR TABLE person, log;
        CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
        CREATE TABLE parts_2025 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE parts_rest PARTITION OF parts DEFAULT;
        CREATE TABLE parts_2026 (id int, at date);
        INSERT INTO person SELECT n, 'x', now(), 'n', 1, 'abc' FROM generate_series(1, 1000) n;
        ANALYZE person;
        """);
  }

  @AfterAll
  void closeDatabase() {
    session.close();
    database.close();
  }

  private StatementEffects connected(String statement) {
    StatementEffects effects =
        StatementEffects.of(statement, StatementContext.in(Block.OWN).withTimeouts(true, true));
    return ConnectedEffects.of(
        effects, CatalogReader.read(session, List.of(effects)), rows(statement));
  }

  private @Nullable Long rows(String statement) {
    String query = TouchedRows.query(statement);
    return query == null ? null : RowEstimate.rows(session.query(RowEstimate.question(query), 0));
  }

  static Database open(TestPostgres postgres) {
    return Database.open(
        new DatabaseSettings(
            "test",
            postgres.jdbcUrl(),
            postgres.address().user(),
            postgres.database(),
            Map.of(),
            SecretSource.of(new SecretValue(postgres.address().password())),
            false,
            Expectation.nothing()),
        1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ALTER TABLE person ALTER name TYPE text|",
        "ALTER TABLE person ALTER name TYPE varchar(30)|",
        "ALTER TABLE person ALTER name TYPE varchar(10)|rewritten",
        "ALTER TABLE person ALTER name TYPE varchar|",
        "ALTER TABLE person ALTER name TYPE plain|",
        "ALTER TABLE person ALTER name TYPE strict|rewritten",
        "ALTER TABLE person ALTER name TYPE char(20)|rewritten",
        "ALTER TABLE person ALTER id TYPE bigint|rewritten",
        "ALTER TABLE person ALTER weight TYPE numeric(8, 2)|",
        "ALTER TABLE person ALTER weight TYPE numeric|",
        "ALTER TABLE person ALTER weight TYPE numeric(8, 3)|rewritten",
        "ALTER TABLE person ALTER born TYPE timestamp(3)|rewritten",
        "ALTER TABLE person ALTER born TYPE timestamp(6)|",
        "ALTER TABLE person ALTER nick TYPE varchar|scanned",
        "ALTER TABLE person ALTER nosuch TYPE text|rewritten unless text stores what nosuch holds unchanged",
        "ALTER TABLE person ALTER nick SET NOT NULL|",
        "ALTER TABLE person ALTER id SET NOT NULL|",
        "ALTER TABLE person ALTER name SET NOT NULL|scanned",
        "ALTER TABLE person ADD x int DEFAULT steady()|",
        "ALTER TABLE person ADD x int DEFAULT unsteady()|rewritten",
        "ALTER TABLE person ADD x int DEFAULT random()|rewritten",
        "ALTER TABLE person ADD x plain|",
        "ALTER TABLE person ADD x strict|rewritten",
        "ALTER TABLE notes VALIDATE CONSTRAINT notes_person|scanned",
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_person|",
      })
  void workIsDecidedByTheCatalog(String sql, String work) {
    StatementEffects effects = connected(sql);
    assertThat(effects.relations().get(0).workWords()).isEqualTo(work == null ? "" : work);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DROP INDEX person_by_name|person_by_name ACCESS EXCLUSIVE, public.person ACCESS EXCLUSIVE",
        "DROP INDEX CONCURRENTLY person_by_name|person_by_name SHARE UPDATE EXCLUSIVE, public.person SHARE UPDATE EXCLUSIVE",
        "REINDEX INDEX person_by_name|person_by_name ACCESS EXCLUSIVE, public.person SHARE",
        "INSERT INTO orders VALUES (1, 1)|orders ROW EXCLUSIVE, public.person ROW SHARE",
        "DELETE FROM person WHERE id = 1|person ROW EXCLUSIVE, public.notes ROW SHARE, public.orders ROW EXCLUSIVE",
        "DROP TABLE orders|orders ACCESS EXCLUSIVE, public.person ACCESS EXCLUSIVE",
        "ALTER TABLE orders DROP CONSTRAINT orders_person|orders ACCESS EXCLUSIVE, public.person ACCESS EXCLUSIVE",
        "ALTER TABLE notes VALIDATE CONSTRAINT notes_person|notes SHARE UPDATE EXCLUSIVE, public.person ROW SHARE",
        "TRUNCATE person CASCADE|person ACCESS EXCLUSIVE, public.notes ACCESS EXCLUSIVE, public.orders ACCESS EXCLUSIVE",
        "ALTER TABLE parts ATTACH PARTITION parts_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')|parts SHARE UPDATE EXCLUSIVE, parts_2026 ACCESS EXCLUSIVE, public.parts_rest ACCESS EXCLUSIVE",
      })
  void relationsThatAreNotNamedAreLockedToo(String sql, String locks) {
    List<String> said = new ArrayList<>();
    connected(sql).relations().forEach(r -> said.add(r.relation() + " " + lock(r)));
    assertThat(said).containsExactly(locks.split(", "));
  }

  private static String lock(dev.pgrunbook.sql.RelationEffect relation) {
    return relation.lock() == null ? "" : relation.lock().mode();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE person SET name = 'y' WHERE id = 1|fires trigger audited (each row, public.audit()) on public.person",
        "UPDATE person SET name = 'y' WHERE id = 1|publication p sends each changed row of public.person to its subscribers",
        "UPDATE log SET line = 'y' WHERE line = 'x'|fails: publication p sends changes of public.log, which has no replica identity",
        "DELETE FROM person WHERE id = 1|each row deleted from public.person reads all of public.orders: foreign key orders_person has no index there",
        "DELETE FROM person WHERE id = 1|foreign key orders_person deletes or changes the rows of public.orders that point to a deleted one",
        "TRUNCATE person|fails: foreign key notes_person of public.notes points to public.person, be it empty",
        "DROP TABLE person|fails: view public.names depends on public.person",
        "DROP TABLE person|fails: foreign key orders_person of public.orders points to public.person",
        "ALTER TABLE person ALTER name TYPE text|fails: view public.names depends on column name",
        "ALTER TABLE person ALTER id TYPE bigint|person is rewritten while nobody can read or write it",
        "ALTER TABLE person ALTER name SET NOT NULL|reads every row of person while nobody can read or write it",
        "ALTER TABLE person ADD x int DEFAULT unsteady()|person is rewritten while nobody can read or write it: unsteady() is volatile",
        "ALTER TABLE person DROP name|publication p sends rows of public.person but no schema changes: its subscribers need theirs apart",
      })
  void advisesOnWhatOnlyTheCatalogTells(String sql, String sentence) {
    assertThat(connected(sql).advice()).extracting(one -> one.sentence()).contains(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE person ALTER weight TYPE numeric(8, 2)",
        "ALTER TABLE person ALTER nick SET NOT NULL",
        "ALTER TABLE person ADD x int DEFAULT steady()",
      })
  void adviceFallsWithTheWorkItIsAbout(String sql) {
    assertThat(connected(sql).advice())
        .extracting(one -> one.code().code())
        .doesNotContain("change-type", "set-not-null", "add-column-rewrites", "statement-timeout");
  }

  @Test
  void saysHowLargeTablesAreAndHowManyRowsAreTouched() {
    StatementEffects all = connected("UPDATE person SET name = 'y'");
    assertThat(all.touchedRows()).isEqualTo(1000);
    assertThat(all.relations().get(0).size())
        .satisfies(size -> assertThat(size.rows()).isEqualTo(1000))
        .satisfies(size -> assertThat(size.bytes()).isGreaterThan(65536));
    assertThat(connected("UPDATE person SET name = 'y' WHERE id = 1").touchedRows()).isEqualTo(1);
    assertThat(connected("DELETE FROM ONLY person AS p WHERE p.id <= 10").touchedRows())
        .isBetween(8L, 12L);
    assertThat(connected("DROP TABLE parts").relations().get(0).facts())
        .containsExactly("2 partitions, locked alike");
    assertThat(connected("DROP TABLE nosuch, \"No.Such\"").relations())
        .allSatisfy(r -> assertThat(r.facts()).containsExactly("not there now"));
  }
}
