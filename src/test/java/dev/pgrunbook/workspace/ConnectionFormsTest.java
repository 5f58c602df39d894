package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to write a connection out, and what libpq's variables add to it. */
class ConnectionFormsTest {

  @TempDir private Path folder;

  private Validated<DatabaseSettings> read(String connection, String... variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", folder.toString());
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    Validated<Workspace> workspace = Workspace.find(new Machine(folder, environment, "operator"));
    return Objects.requireNonNull(workspace.orNull()).settings(connection);
  }

  private DatabaseSettings settings(String connection, String... variables) {
    Validated<DatabaseSettings> read = read(connection, variables);
    assertThat(read.diagnostics()).isEmpty();
    return Objects.requireNonNull(read.orNull());
  }

  private static @Nullable String password(DatabaseSettings settings) throws SecretUnavailable {
    return settings.password() == null ? null : settings.password().read().secret();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://                              | localhost:5432/operator as operator
          postgresql:///                             | localhost:5432/operator as operator
          postgres://db                              | db:5432/operator as operator
          postgresql://db/                           | db:5432/operator as operator
          postgresql://db:5433/sales                 | db:5433/sales as operator
          postgresql://ann@db/sales                  | db:5432/sales as ann
          postgresql://ann@db                        | db:5432/ann as ann
          postgresql://ann:pw@db/sales               | db:5432/sales as ann
          postgresql://ann:@db/sales                 | db:5432/sales as ann
          postgresql://:pw@db/sales                  | db:5432/sales as operator
          postgresql://@db/sales                     | db:5432/sales as operator
          postgresql:///sales?host=db&port=6000      | db:6000/sales as operator
          postgresql://db?user=ann&dbname=sales      | db:5432/sales as ann
          postgresql://a:1,b:2/sales                 | a:1,b:2/sales as operator
          postgresql://a,b:2/sales                   | a:5432,b:2/sales as operator
          postgresql://a,b/sales?port=7000           | a:7000,b:7000/sales as operator
          postgresql://[::1]:5433/sales              | [::1]:5433/sales as operator
          postgresql://[2001:db8::1],[::1]:2/sales   | [2001:db8::1]:5432,[::1]:2/sales as operator
          postgresql://%61nn%40home@d%62/s%C3%A4le%2F | db:5432/säle/ as ann@home
          postgresql://a+b@db/c+d                    | db:5432/c+d as a+b
          jdbc:postgresql:sales                      | localhost:5432/sales as operator
          jdbc:postgresql:/                          | localhost:5432/operator as operator
          jdbc:postgresql://db/sales                 | db:5432/sales as operator
          jdbc:postgresql://db:5433/                 | db:5433/operator as operator
          jdbc:postgresql://a:1,b/sales?user=ann     | a:1,b:5432/sales as ann
          jdbc:postgresql://[::1]:5433/sales         | [::1]:5433/sales as operator
          jdbc:postgresql://db/sales%20north         | db:5432/sales north as operator
          """)
  void anAddressHasLibpqsDefaults(String connection, String display) {
    DatabaseSettings settings = settings(connection);

    // The URL encodes what the driver decodes; people see the database as it is called.
    assertThat(settings.display()).isEqualTo(display);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://ann:s3cr%40t@db/sales, postgresql://ann@db/sales, s3cr@t",
    "postgresql://:s3cret@db/sales, postgresql://db/sales, s3cret",
    "postgresql://db/sales?password=s3cret, postgresql://db/sales, s3cret",
    "postgresql://db/sales?password=s3cret&user=ann, postgresql://db/sales?user=ann, s3cret",
    "postgresql://db/s?user=ann&passw%6Frd=s3cret, postgresql://db/s?user=ann, s3cret",
    "postgres://a:b:c@db/sales, postgres://a@db/sales, b:c",
    "jdbc:postgresql://db/s?user=a&password=s3cret, jdbc:postgresql://db/s?user=a, s3cret",
    "jdbc:postgresql://db/s?password=s%26t&user=a, jdbc:postgresql://db/s?user=a, s&t"
  })
  void theNameHasNoPasswordAndFindsTheSameAgain(String connection, String name, String password)
      throws SecretUnavailable {
    DatabaseSettings settings = settings(connection);
    DatabaseSettings again = settings(settings.name(), "PGPASSWORD=other");

    assertThat(settings.name()).isEqualTo(name);
    assertThat(password(settings)).isEqualTo(password);
    assertThat(again.display()).isEqualTo(settings.display());
    assertThat(again.name()).isEqualTo(settings.name());
    assertThat(password(again)).isEqualTo("other");
    assertThat(settings.toString()).doesNotContain(password);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://db            | sslmode=verify-full          | sslmode=verify-full
          postgresql://db            | sslmode=require              | sslmode=require
          postgresql://db            | ssl=true                     | sslmode=require
          postgresql://db            | connect_timeout=3            | connectTimeout=3, loginTimeout=3
          postgresql://a,b           | connect_timeout=3            | connectTimeout=3, loginTimeout=6
          postgresql://db            | connect_timeout=0            | connectTimeout=0, loginTimeout=0
          postgresql://db            | options=-c%20geqo%3Doff      | options=-c geqo=off
          postgresql://db            | target_session_attrs=primary | targetServerType=primary
          postgresql://db            | target_session_attrs=read-only      | targetServerType=secondary
          postgresql://db            | target_session_attrs=prefer-standby | targetServerType=preferSecondary
          postgresql://db            | channel_binding=require      | channelBinding=require
          postgresql://db            | gssencmode=disable           | gssEncMode=disable
          postgresql://db            | load_balance_hosts=random    | loadBalanceHosts=true
          postgresql://db            | application_name=x           | ''
          postgresql://db            | keepalives_idle=5            | ''
          postgresql://db            | sslcert=/c.crt&sslkey=/c.key | sslcert=/c.crt, sslkey=/c.key
          jdbc:postgresql://db/      | sslmode=verify-ca            | sslmode=verify-ca
          jdbc:postgresql://db/      | ssl                          | sslmode=require
          jdbc:postgresql://db/      | currentSchema=a,b            | currentSchema=a,b
          jdbc:postgresql://db/      | targetServerType=preferPrimary | targetServerType=preferPrimary
          jdbc:postgresql://db/      | ApplicationName=x            | ''
          """)
  void parametersBecomeTheDriversProperties(String address, String query, String properties) {
    String shown =
        settings(address + "?" + query).properties().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::toString)
            .reduce((a, b) -> a + ", " + b)
            .orElse("");

    assertThat(shown).isEqualTo(properties);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://              | PGHOST=h           | h:5432/operator as operator
          postgresql://              | PGPORT=6000        | localhost:6000/operator as operator
          postgresql://db:1/         | PGPORT=6000        | db:1/operator as operator
          postgresql://db            | PGHOST=h           | db:5432/operator as operator
          postgresql://              | PGUSER=ann         | localhost:5432/ann as ann
          postgresql://bob@db        | PGUSER=ann         | db:5432/bob as bob
          postgresql://              | PGDATABASE=sales   | localhost:5432/sales as operator
          postgresql:///north        | PGDATABASE=sales   | localhost:5432/north as operator
          postgresql://              | PGHOST=a,b         | a:5432,b:5432/operator as operator
          postgresql://              | PGHOST=::1         | [::1]:5432/operator as operator
          postgresql://              | PGHOST=            | localhost:5432/operator as operator
          jdbc:postgresql:sales      | PGHOST=h           | localhost:5432/sales as operator
          jdbc:postgresql://db/sales | PGPORT=6000        | db:5432/sales as operator
          jdbc:postgresql://db/      | PGDATABASE=sales   | db:5432/sales as operator
          jdbc:postgresql://db/sales | PGUSER=ann         | db:5432/sales as ann
          """)
  void variablesFillWhatIsNotSaid(String connection, String variable, String display) {
    assertThat(settings(connection, variable).display()).isEqualTo(display);
  }

  @Test
  void variablesOfSessionsAndTlsCountToo() {
    DatabaseSettings settings =
        settings(
            "postgresql://db",
            "PGSSLMODE=verify-full",
            "PGSSLROOTCERT=ca.crt",
            "PGCONNECT_TIMEOUT=7",
            "PGOPTIONS=-c geqo=off",
            "PGTARGETSESSIONATTRS=read-write");

    assertThat(settings.properties())
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", folder.resolve("ca.crt").toString())
        .containsEntry("connectTimeout", "7")
        .containsEntry("options", "-c geqo=off")
        .containsEntry("targetServerType", "primary");
    assertThat(settings("postgresql://db?sslmode=disable", "PGSSLMODE=require").properties())
        .containsEntry("sslmode", "disable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://u:t0psecret@x@db/s              | the URI has an @ too many
          postgresql://u:1/t0psecret@db/s              | the URI has an @ too many
          postgresql://u:t0psecret/x@db/s              | the URI has an @ too many
          postgresql://db:t0psecret/s                  | a port in the URI is no number from 1 to 65535
          postgresql://db:0/s                          | a port in the URI is no number from 1 to 65535
          postgresql://db:65536/s                      | a port in the URI is no number from 1 to 65535
          postgresql://[::1/s                          | the brackets of an IPv6 address are wrong
          postgresql://[]/s                            | the brackets of an IPv6 address are wrong
          postgresql://[::1]x/s                        | the brackets of an IPv6 address are wrong
          postgresql://u:t0psecret%4@db/s              | a % in the URI is not followed by two hexadecimal digits
          postgresql://u:t0psecret%ff@db/s             | what is percent-encoded in the URI is not UTF-8
          postgresql://u%00:t0psecret@db/s             | the URI holds %00, which PostgreSQL's names cannot
          postgresql://db/s?t0psecret                  | each parameter after the ? of a URI is written keyword=value
          postgresql://db/s?a=t0psecret=c              | each parameter after the ? of a URI is written keyword=value
          postgresql://db/s?sslmod=require             | there is no connection parameter "sslmod"
          postgresql://db/s?sslmode=t0psecret          | sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full
          postgresql://db/s?connect_timeout=t0psecret  | connect_timeout must be a whole number of seconds
          postgresql://db/s?hostaddr=10.0.0.1          | hostaddr is not accepted: write the address as the host
          postgresql://db/s?socketFactory=t0psecret    | there is no connection parameter "socketFactory"
          postgresql://%2Fvar%2Frun%2Fpostgresql/s     | the host is the folder of a Unix socket, which JDBC cannot use
          postgresql:///s?host=/tmp                    | the host is the folder of a Unix socket, which JDBC cannot use
          postgresql:///s?host=@abstract               | the host is the folder of a Unix socket, which JDBC cannot use
          postgresql://a,b,c/s?port=1,2                | 2 ports do not fit 3 hosts
          jdbc:postgresql://u:t0psecret@db/s           | a JDBC URL has no place for user and password before the host
          jdbc:postgresql://db/s?password=a&t0psecret  | each property after the ? of a JDBC URL is name=value
          jdbc:postgresql://db/s?loggerFile=t0psecret  | the driver's property "loggerFile" cannot be set here
          jdbc:postgresql://db:t0psecret/s             | a port is a number from 1 to 65535
          jdbc:mysql://u:t0psecret@db/s                | this is no connection to PostgreSQL
          postgresql:/u:t0psecret@db/s                 | this is no connection to PostgreSQL
          postgres//u:t0psecret@db/s                   | this is no connection to PostgreSQL
          host=db password=t0psecret                   | this is no connection to PostgreSQL
          service=                                     | service= takes one name of pg_service.conf and nothing else
          service=a password=t0psecret                 | service= takes one name of pg_service.conf and nothing else
          """)
  void aMistakeIsToldWithoutWhatMayBeSecret(String connection, String message) {
    Validated<DatabaseSettings> read = read(connection);

    assertThat(read.isValid()).isFalse();
    assertThat(read.diagnostics()).extracting(Diagnostic::message).containsExactly(message);
    assertThat(read.diagnostics().toString()).doesNotContain("t0psecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socketFactory",
        "socketFactoryArg",
        "sslfactory",
        "sslfactoryarg",
        "sslhostnameverifier",
        "sslpasswordcallback",
        "authenticationPluginClassName",
        "jaasApplicationName",
        "loggerFile",
        "loggerLevel",
        "xmlFactoryFactory",
        "connectExecutor",
        "sslpassword",
        "PGHOST",
        "replication"
      })
  void aUrlSetsNoPropertyThatReachesIntoTheMachine(String property) {
    for (String url : new String[] {"jdbc:postgresql://db/s?", "postgresql://db/s?"}) {
      Validated<DatabaseSettings> read = read(url + property + "=x");

      assertThat(read.isValid()).as(url + property).isFalse();
      assertThat(read.diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("connection-parameter");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PGSSLMODE=verify_full, PGSSLMODE",
    "PGHOST=/var/run/postgresql, Unix socket",
    "PGPORT=abc, port",
    "PGHOSTADDR=10.0.0.1, PGHOSTADDR",
    "PGSERVICE=nowhere, nowhere",
    "PGSERVICEFILE=/nowhere, ''"
  })
  void aVariableThatMakesNoSenseIsNamed(String variable, String named) {
    Validated<DatabaseSettings> read =
        named.isEmpty()
            ? read("service=x", variable)
            : read("postgresql://", variable, "PGSYSCONFDIR=" + folder);

    assertThat(read.isValid()).isFalse();
    assertThat(read.diagnostics().get(0).message()).contains(named);
  }

  @Test
  void aUserWithoutANameMustSayOne() {
    Machine machine = new Machine(folder, Map.of(), "?");
    Workspace workspace = Objects.requireNonNull(Workspace.find(machine).orNull());

    assertThat(workspace.settings("postgresql://db").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("connection-user");
    assertThat(workspace.settings("postgresql://ann@db").isValid()).isTrue();
  }

  @Test
  void anUnknownNameListsTheForms() {
    Validated<DatabaseSettings> read = read("sales");

    assertThat(read.diagnostics()).hasSize(1);
    assertThat(read.diagnostics().get(0).message())
        .isEqualTo("no connection \"sales\": there is no pgrunbook.yaml here or above");
    assertThat(read.diagnostics().get(0).hint()).contains("postgresql://", "jdbc:", "service=");
  }

  /** Encoded or not, in whatever form, right or wrong: no piece of a password is ever shown. */
  @Test
  void noPasswordIsShown() throws SecretUnavailable {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<String> pieces = List.of("Qwx%dZ".formatted(round), "Kvy%dZ".formatted(round));
      String secret = between(random) + pieces.get(0) + between(random) + pieces.get(1);
      String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
      assertThat(password(settings("postgresql://u:" + encoded + "@db"))).isEqualTo(secret);
      for (String form :
          List.of(
              "postgresql://u:%s@db/sales",
              "postgres://:%s@db",
              "postgresql://db/sales?password=%s&sslmode=require",
              "postgresql:/u:%s@db",
              "jdbc:postgresql://u:%s@db/sales",
              "jdbc:postgresql://db/sales?user=u&password=%s",
              "mysql://u:%s@db",
              "host=db password=%s")) {
        for (String connection : List.of(form.replace("%s", secret), form.replace("%s", encoded))) {
          String shown = shown(read(connection));
          assertThat(pieces).as(connection).noneMatch(shown::contains);
        }
      }
    }
  }

  private static String between(Random random) {
    String characters = ":/?@%#&=[], 1;";
    int length = random.nextInt(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static String shown(Validated<DatabaseSettings> read) {
    DatabaseSettings settings = read.orNull();
    return read.diagnostics() + (settings == null ? "" : settings + settings.url());
  }
}
