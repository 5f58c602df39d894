package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever psql reaches with a URI, files and variables, is reached with the same ones here. */
@ExtendWith(PostgresExtension.class)
class LibpqComparisonTest {

  private static final String QUESTION =
      "SELECT concat_ws(' ', session_user, current_database(), inet_server_port(),"
          + " current_setting('work_mem'))";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private TestPostgres server;

  @BeforeEach
  void writesFiles(TestPostgres postgres) throws IOException {
    server = postgres;
    postgres.execute("DROP ROLE IF EXISTS \"comparison: @ann\"");
    postgres.execute("CREATE ROLE \"comparison: @ann\" LOGIN PASSWORD 'a:b\\c@d/e?f%g'");
    environment.put("HOME", folder.toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("PGSYSCONFDIR", folder.toString());
    write(
        ".pgpass",
        """
        #*:*:*:*:wrong
        \\*:*:*:*:wrong
        HOST:PORT:DB:comparison\\: @ann:a\\:b\\\\c@d/e?f%g
        *:*:*:USER:PASSWORD
        """);
    write(
        ".pg_service.conf",
        """
        [other]
        host=nowhere
        [full]
        host=HOST
        port=PORT
        dbname=DB
        user=USER
        password=PASSWORD
        options=-c work_mem=5MB
        [part]
        port=PORT
        """);
  }

  private void write(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), filled(content));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String filled(String text) {
    return text.replace("HOST", server.address().host())
        .replace("PORT", String.valueOf(server.address().port()))
        .replace("DB", server.database())
        .replace("USER", server.address().user())
        .replace("PASSWORD", server.address().password());
  }

  /** Each line is a connection and then variables, with two spaces between. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://USER:PASSWORD@HOST:PORT/DB",
        "postgresql://USER@HOST:PORT/DB",
        "postgres://USER@HOST:PORT/DB?options=-c%20work_mem%3D6MB",
        "postgresql:///DB?host=HOST&port=PORT&user=USER",
        "postgresql://HOST:PORT?dbname=DB&user=USER&sslmode=disable",
        "postgresql://USER@HOST:1,HOST:PORT/DB",
        "postgresql://USER@HOST,HOST/DB?port=PORT",
        "postgresql://comparison%3A%20%40ann@HOST:PORT/DB",
        "postgresql://comparison%3A%20%40ann:a%3Ab%5Cc%40d%2Fe%3Ff%25g@HOST:PORT/DB",
        "postgresql://USER:PASSWORD@HOST:PORT/DB?target_session_attrs=read-write",
        "postgresql://  PGH=HOST  PGP=PORT  PGU=USER  PGD=DB",
        "postgresql:///DB  PGH=HOST  PGP=PORT  PGU=USER  PGOPTIONS=-c work_mem=7MB",
        "postgresql://HOST:PORT/DB  PGH=nowhere  PGP=1  PGU=USER  PGD=nothing",
        "service=full",
        "service=full  PGP=1  PGU=nobody  PGH=nowhere  PGD=nothing",
        "service=part  PGP=1  PGH=HOST  PGU=USER  PGD=DB",
        "postgresql://comparison%3A%20%40ann@/?service=part&host=HOST&dbname=DB",
        "postgresql://  PGSERVICE=full  PGP=1",
      })
  void reachesWhatPsqlReaches(String line) throws Exception {
    String[] words = line.split("  ");
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      environment.put(
          variable(words[i].substring(0, equals)), filled(words[i].substring(equals + 1)));
    }
    String connection = filled(words[0]);

    String expected = askPsql(connection);

    assertThat(ask(connection)).isEqualTo(expected).isNotEmpty();
  }

  /** The short ones are not taken for what {@link #filled} replaces. */
  private static String variable(String name) {
    return switch (name) {
      case "PGH" -> "PGHOST";
      case "PGP" -> "PGPORT";
      case "PGU" -> "PGUSER";
      case "PGD" -> "PGDATABASE";
      default -> name;
    };
  }

  private String ask(String connection) throws Exception {
    Machine machine = new Machine(folder, environment, "operator");
    Workspace workspace = Objects.requireNonNull(Workspace.find(machine).orNull());
    DatabaseSettings settings = Objects.requireNonNull(workspace.settings(connection).orNull());
    Properties properties = new Properties();
    properties.putAll(settings.properties());
    properties.setProperty("user", settings.user());
    if (settings.password() != null) {
      properties.setProperty("password", settings.password().read().secret());
    }
    try (Connection session = DriverManager.getConnection(settings.url(), properties);
        ResultSet row = session.createStatement().executeQuery(QUESTION)) {
      row.next();
      return row.getString(1);
    }
  }

  private String askPsql(String connection) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("psql", "-XAtwc", QUESTION, connection);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process psql;
    try {
      psql = builder.start();
    } catch (IOException missing) {
      assumeTrue(Boolean.parseBoolean(System.getenv("CI")), "there is no psql to compare with");
      throw missing;
    }
    psql.getOutputStream().close();
    String output =
        new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(psql.waitFor()).as(output).isZero();
    return output;
  }
}
