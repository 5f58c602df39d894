package dev.pgrunbook.database;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of a database with an empty table {@code t}, whose one connection goes round. */
@ExtendWith(PostgresExtension.class)
abstract class OneTable {

  final TestPostgres postgres;
  final Database database;

  OneTable(TestPostgres postgres) {
    this.postgres = postgres;
    this.database = Databases.open(postgres);
  }

  @BeforeEach
  void makeTable() {
    postgres.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (n int PRIMARY KEY, x text)");
  }

  @AfterEach
  void close() {
    database.close();
  }
}
