package dev.pgrunbook.workspace;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills what a connection leaves open, in libpq's order: the service, the environment, defaults.
 */
final class SettingsResolver {

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("PGHOST", "host"),
          Map.entry("PGPORT", "port"),
          Map.entry("PGDATABASE", "dbname"),
          Map.entry("PGUSER", "user"),
          Map.entry("PGPASSFILE", "passfile"),
          Map.entry("PGOPTIONS", "options"),
          Map.entry("PGSSLMODE", "sslmode"),
          Map.entry("PGSSLROOTCERT", "sslrootcert"),
          Map.entry("PGSSLCERT", "sslcert"),
          Map.entry("PGSSLKEY", "sslkey"),
          Map.entry("PGSSLNEGOTIATION", "sslnegotiation"),
          Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
          Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"),
          Map.entry("PGLOADBALANCEHOSTS", "load_balance_hosts"),
          Map.entry("PGCHANNELBINDING", "channel_binding"),
          Map.entry("PGREQUIREAUTH", "require_auth"),
          Map.entry("PGGSSENCMODE", "gssencmode"));

  private final Machine machine;
  private final Connection connection;
  private final Parameters parameters;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /**
   * @param base the folder that relative names of files start from
   */
  SettingsResolver(Machine machine, Connection connection, Path base) {
    this.machine = machine;
    this.connection = connection;
    this.parameters = connection.parameters().copy();
    parameters.resolveFiles(machine, base);
  }

  Validated<DatabaseSettings> resolve() {
    takeService();
    takeEnvironment();
    parameters.resolveFiles(machine, machine.directory());
    Validated<HostList> hosts = HostList.of(parameters.get("host"), parameters.get("port"));
    diagnostics.addAll(hosts.diagnostics());
    HostList found = hosts.orNull();
    checkUser();
    DatabaseSettings settings = found == null || hasErrors() ? null : settings(found);
    return Validated.of(settings, diagnostics.stream().map(this::named).toList());
  }

  /** A user without a name in the operating system, as in containers, has no default here. */
  private void checkUser() {
    boolean isNamed = !machine.userName().isEmpty() && !machine.userName().equals("?");
    if (parameters.nonEmpty("user") == null && !isNamed) {
      diagnostics.add(
          Diagnostic.error("connection-user", null, "no user is given, and this one has no name")
              .withHint("say which user to connect as, or set PGUSER"));
    }
  }

  private boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  private Diagnostic named(Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        connection.name() + ": " + diagnostic.message(),
        diagnostic.span(),
        diagnostic.hint(),
        diagnostic.related());
  }

  private void takeService() {
    String said = parameters.nonEmpty("service");
    String service = said == null ? machine.variable("PGSERVICE") : said;
    if (service != null) {
      Validated<Parameters> found = new ServiceFiles(machine).find(service);
      diagnostics.addAll(found.diagnostics());
      found.map(
          values -> {
            parameters.fillFrom(values);
            return values;
          });
    }
  }

  private void takeEnvironment() {
    Parameters environment = new Parameters();
    VARIABLES.forEach(
        (variable, keyword) -> {
          String value = machine.variable(variable);
          if (value != null && parameters.get(keyword) == null) {
            takeVariable(variable, keyword, value, environment);
          }
        });
    if (machine.variable("PGHOSTADDR") != null && parameters.get("host") == null) {
      diagnostics.add(
          Diagnostic.error(
                  "connection-parameter", null, "PGHOSTADDR is set, which is not supported")
              .withHint("unset it, and write the address as PGHOST"));
    }
    parameters.fillFrom(environment);
  }

  private void takeVariable(String variable, String keyword, String value, Parameters into) {
    Diagnostic mistake = Keywords.mistake(keyword, value);
    if (mistake == null) {
      into.put(keyword, value);
    } else {
      diagnostics.add(
          Diagnostic.error(
                  mistake.code(),
                  null,
                  "the environment variable " + variable + " is wrong: " + mistake.message())
              .withHint(mistake.hint()));
    }
  }

  private DatabaseSettings settings(HostList hosts) {
    String said = parameters.nonEmpty("user");
    String user = said == null ? machine.userName() : said;
    String named = parameters.nonEmpty("dbname");
    String database = named == null ? user : named;
    String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8);
    Path root = machine.home(".postgresql/root.crt");
    return new DatabaseSettings(
        connection.name(),
        DatabaseSettings.URL_PREFIX + hosts.authority() + "/" + encoded,
        user,
        database,
        DriverProperties.of(parameters, hosts.hosts().size(), root),
        password(new PasswordFile.Login(hosts, database, user)),
        connection.isProtected(),
        connection.expect());
  }

  private @Nullable SecretSource password(PasswordFile.Login login) {
    if (connection.password() != null) {
      return connection.password();
    }
    if (parameters.password() != null) {
      return SecretSource.of(parameters.password());
    }
    if (machine.variable("PGPASSWORD") != null) {
      return Passwords.variable(machine, "PGPASSWORD");
    }
    String said = parameters.nonEmpty("passfile");
    Path path = said == null ? machine.home(".pgpass") : Path.of(said);
    if (path == null) {
      return null;
    }
    PasswordFile file = new PasswordFile(path);
    Diagnostic objection = file.objection();
    if (objection != null) {
      diagnostics.add(objection);
    }
    return file.source(login);
  }
}
