package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The tables of a store, made and changed by the program.
 *
 * <p>A version is a script that makes it of the one before; none is ever changed or taken back.
 */
final class StoreSchema {

  /** What this program reads and writes. */
  static final int VERSION = 1;

  private static final String UTF_8 = "UTF8";
  private static final String THERE =
      "SELECT pg_catalog.to_regclass('pgrunbook.versions') IS NOT NULL";
  private static final String HIGHEST =
      "SELECT coalesce(pg_catalog.max(version), 0)::int8 FROM pgrunbook.versions";

  private final StoreServer server;
  private final List<String> scripts;
  private boolean current;

  StoreSchema(StoreServer server) {
    this(server, scripts());
  }

  /** Takes the scripts of every version, the first one's first. */
  StoreSchema(StoreServer server, List<String> scripts) {
    this.server = server;
    this.scripts = List.copyOf(scripts);
  }

  private static List<String> scripts() {
    List<String> scripts = new ArrayList<>();
    for (int version = 1; version <= VERSION; version++) {
      String name = "version-" + version + ".sql";
      try (InputStream in = StoreSchema.class.getResourceAsStream(name)) {
        scripts.add(
            new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return scripts;
  }

  /**
   * Returns whether there is a store to read; an older one is brought up to date.
   *
   * @throws JournalFailure when a later program made it
   */
  boolean isThere() {
    if (!current) {
      long version = isTrue(server.read(THERE)) ? number(server.read(HIGHEST)) : 0;
      refuseLater(version);
      if (version > 0 && version < scripts.size()) {
        migrate();
      }
      current = version > 0;
    }
    return current;
  }

  /** Makes the store where there is none. */
  void make() {
    if (!isThere()) {
      migrate();
      current = true;
    }
  }

  private void refuseLater(long version) {
    if (version > scripts.size()) {
      throw new JournalFailure(
          "the store "
              + server.name()
              + " is of version "
              + version
              + ", and this program knows no version after "
              + scripts.size()
              + ": use the pgrunbook that made it, or a later one");
    }
  }

  /** One process at a time makes what is missing; all of it or nothing. */
  private void migrate() {
    try (Session session = server.session()) {
      session.begin(null);
      ask(session, "SELECT pg_catalog.pg_advisory_xact_lock(hashtextextended('pgrunbook', 0))");
      Rows encoding = ask(session, "SHOW server_encoding");
      if (!Value.text(UTF_8).equals(encoding.first())) {
        throw new JournalFailure(
            "the store needs a database whose encoding is UTF8, and that of "
                + server.name()
                + " is "
                + String.valueOf(encoding.first()));
      }
      long version = isTrue(ask(session, THERE)) ? number(ask(session, HIGHEST)) : 0;
      refuseLater(version);
      for (int next = (int) version + 1; next <= scripts.size(); next++) {
        for (String statement : statements(next)) {
          session.execute(BoundSql.of(statement), 0);
        }
        session.execute(
            StoreServer.sql(
                "INSERT INTO pgrunbook.versions (version) VALUES (?)", StoreServer.number(next)),
            0);
      }
      session.commit();
    } catch (DatabaseFailure failure) {
      throw server.told(failure);
    }
  }

  private List<String> statements(int version) {
    SourceText script = SourceText.of("version-" + version + ".sql", scripts.get(version - 1));
    return Objects.requireNonNull(SqlScript.split(script).orNull());
  }

  private static Rows ask(Session session, String query) {
    return Objects.requireNonNull(session.execute(StoreServer.sql(query), 0).rows());
  }

  private static boolean isTrue(Rows rows) {
    return Value.bool(true).equals(rows.first());
  }

  private static long number(Rows rows) {
    return Long.parseLong(Objects.requireNonNull(rows.first()).display());
  }
}
