package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Severity;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pg_service.conf} and {@code ~/.pgpass}. */
class LibpqFilesTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void livesInTheFolder() {
    environment.put("HOME", folder.toString());
    environment.put("PGSYSCONFDIR", folder.resolve("system").toString());
  }

  private Validated<DatabaseSettings> read(String connection) {
    Machine machine = new Machine(folder, environment, "operator");
    return Objects.requireNonNull(Workspace.find(machine).orNull()).settings(connection);
  }

  private DatabaseSettings settings(String connection) {
    Validated<DatabaseSettings> read = read(connection);
    assertThat(read.diagnostics()).isEmpty();
    return Objects.requireNonNull(read.orNull());
  }

  private @Nullable String password(String connection) throws SecretUnavailable {
    DatabaseSettings settings = settings(connection);
    return settings.password() == null ? null : settings.password().read().secret();
  }

  private Path passwordFile(String content, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(".pgpass"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private void services(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void aServiceFillsWhatIsNotSaidAndBeatsTheEnvironment() throws Exception {
    services(
        ".pg_service.conf",
        """
        # ours
        [other]
        host=other

        [sales]
          host=db
        port=6000
        # comment
        user=ann
        password=s3cret=x
        sslmode=require
        application_name=psql
        host=ignored-as-the-second
        [sales]
        dbname=of-a-second-section
        """);
    environment.put("PGUSER", "bob");
    environment.put("PGDATABASE", "north");

    DatabaseSettings settings = settings("service=sales");

    assertThat(settings.name()).isEqualTo("service=sales");
    assertThat(settings.display()).isEqualTo("db:6000/north as ann");
    assertThat(settings.properties()).containsExactly(Map.entry("sslmode", "require"));
    assertThat(password("service=sales")).isEqualTo("s3cret=x");
    assertThat(settings("postgresql://eve@/?service=sales").display())
        .isEqualTo("db:6000/north as eve");
    environment.put("PGSERVICE", "sales");
    assertThat(settings("postgresql://").display()).isEqualTo("db:6000/north as ann");
  }

  @Test
  void theUsersServicesComeBeforeTheSystems() throws IOException {
    services("system/pg_service.conf", "[a]\nhost=system-a\n[b]\nhost=system-b\n");
    services(".pg_service.conf", "[a]\nhost=own-a\n");
    services("named.conf", "[a]\nhost=named-a\n");

    assertThat(settings("service=a").hosts()).isEqualTo("own-a:5432");
    assertThat(settings("service=b").hosts()).isEqualTo("system-b:5432");
    environment.put("PGSERVICEFILE", folder.resolve("named.conf").toString());
    assertThat(settings("service=a").hosts()).isEqualTo("named-a:5432");
    assertThat(settings("service=b").hosts()).isEqualTo("system-b:5432");
  }

  @Test
  void anUnknownServiceIsToldWithTheNearest() throws IOException {
    services(".pg_service.conf", "[sales]\nhost=db\n");

    assertThat(read("service=sale").diagnostics())
        .extracting(Diagnostic::code, Diagnostic::hint)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("unknown-service", "did you mean \"sales\"?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"service=t0psecret", "hots=t0psecret", "t0psecret", "sslmode=t0psecret"})
  void aWrongLineOfAServiceIsToldByItsNumber(String line) throws IOException {
    services(".pg_service.conf", "[sales]\nhost=db\n" + line + "\n");

    Validated<DatabaseSettings> read = read("service=sales");

    assertThat(read.isValid()).isFalse();
    assertThat(read.diagnostics()).hasSize(1);
    assertThat(read.diagnostics().get(0).hint()).endsWith(".pg_service.conf, line 3");
    assertThat(read.diagnostics().toString()).doesNotContain("t0psecret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          db:5432:sales:ann:right                | right
          *:*:*:*:right                          | right
          db:*:*:ann:right                       | right
          other:*:*:*:wrong                      |
          db:5433:sales:ann:wrong                |
          db:5432:sale:ann:wrong                 |
          db:5432:sales2:ann:wrong               |
          db:5432:sales:bob:wrong                |
          *x:*:*:*:wrong                         |
          #*:*:*:*:wrong                         |
          d\\b:5432:sales:ann:right              | right
          *:*:*:*:a\\:b\\\\c                     | a:b\\c
          *:*:*:*:right:rest                     | right
          *:*:*:*:                               |
          *:*:*:*                                |
          """)
  void aLineOfThePasswordFileMatchesAsInLibpq(String line, @Nullable String password)
      throws Exception {
    passwordFile("# a comment\n\n" + line + "\n", "rw-------");

    assertThat(password("postgresql://ann@db/sales")).isEqualTo(password);
  }

  @Test
  void theFirstLineThatMatchesCounts() throws Exception {
    passwordFile("db:*:north:*:north\ndb:*:*:*:first\n*:*:*:*:second\n", "r--------");

    assertThat(password("postgresql://ann@db/north")).isEqualTo("north");
    assertThat(password("postgresql://ann@db/sales")).isEqualTo("first");
    assertThat(password("postgresql://ann@other/sales")).isEqualTo("second");
    assertThat(password("postgresql://ann@x,db/north")).isEqualTo("second");
  }

  @Test
  void escapedFieldsMatchColonsAndBackslashes() throws Exception {
    passwordFile("\\:\\:1:5432:a\\\\b:ann:right\n", "rw-------");

    assertThat(password("postgresql://ann@[::1]/a%5Cb")).isEqualTo("right");
  }

  @Test
  void anExplicitPasswordAndTheVariableComeBeforeTheFile() throws Exception {
    passwordFile("*:*:*:*:file\n", "rw-------");

    assertThat(password("postgresql://ann@db")).isEqualTo("file");
    environment.put("PGPASSWORD", "variable");
    assertThat(password("postgresql://ann@db")).isEqualTo("variable");
    assertThat(password("postgresql://ann:uri@db")).isEqualTo("uri");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"})
  void aPasswordFileOpenToOthersIsIgnoredWithAWarning(String permissions) throws IOException {
    Path file = passwordFile("*:*:*:*:t0psecret\n", permissions);

    Validated<DatabaseSettings> read = read("postgresql://ann@db");

    assertThat(Objects.requireNonNull(read.orNull()).password()).isNull();
    assertThat(read.diagnostics()).hasSize(1);
    Diagnostic warning = read.diagnostics().get(0);
    assertThat(warning.severity()).isEqualTo(Severity.WARNING);
    assertThat(warning.message()).contains(file + " is open to other users");
    assertThat(warning.hint()).isEqualTo("chmod 600 " + file);
    assertThat(warning.toString()).doesNotContain("t0psecret");
  }

  @Test
  void anotherPasswordFileCanBeNamed() throws Exception {
    passwordFile("*:*:*:*:home\n", "rw-------");
    Path other = Files.writeString(folder.resolve("other"), "*:*:*:*:other\n");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));

    environment.put("PGPASSFILE", other.toString());
    assertThat(password("postgresql://ann@db")).isEqualTo("other");
    environment.put("PGPASSFILE", folder.resolve("missing").toString());
    assertThat(password("postgresql://ann@db")).isNull();
    assertThat(password("postgresql://ann@db?passfile=.pgpass")).isEqualTo("home");
  }

  @Test
  void requireChecksTheServerWhereLibpqWould() throws IOException {
    assertThat(settings("postgresql://db?sslmode=require").properties())
        .containsEntry("sslmode", "require");
    Path root = folder.resolve(".postgresql/root.crt");
    Files.createDirectories(root.getParent());
    Files.writeString(root, "");

    assertThat(settings("postgresql://db?sslmode=require").properties())
        .containsEntry("sslmode", "verify-ca")
        .containsEntry("sslrootcert", root.toString());
    assertThat(settings("postgresql://db?sslmode=prefer").properties())
        .containsEntry("sslmode", "prefer");
    assertThat(settings("postgresql://db?sslrootcert=system").properties())
        .containsEntry("sslmode", "verify-full")
        .containsKey("sslfactory");
  }
}
