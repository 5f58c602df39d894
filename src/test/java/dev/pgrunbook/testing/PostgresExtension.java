package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterOptions;
import dev.pgrunbook.demo.PairSetup;
import dev.pgrunbook.demo.PostgresInstallation;
import dev.pgrunbook.demo.ReplicationKind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their PostgreSQL. A {@link TestPostgres} parameter is a fresh database on a server
 * that all tests of this Java process share (of {@code @BeforeAll} or a constructor: one for the
 * class); with {@link OwnServer} it is a server of its own.
 *
 * <p>A {@link TestPair} parameter, described by {@link PairOf}, is a replicating pair of its own.
 *
 * <p>Servers start when first asked for. What a parameter was given ends with the test or class
 * that asked for it, the shared server with the last test.
 */
public final class PostgresExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestPostgres.class || type == TestPair.class;
  }

  /** What a test's constructor is given lasts as long as that test, and not as its class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == TestPair.class) {
      return pair(parameter, context);
    }
    PostgresSource source = PostgresSource.chosen();
    source.require();
    Optional<OwnServer> own = parameter.findAnnotation(OwnServer.class);
    if (own.isPresent()) {
      return ownServer(source, own.get(), parameter.getIndex(), context);
    }
    TestPostgres shared = sharedServer(source, context).newDatabase();
    // A closed database makes room; connections that a test forgot do not keep it.
    context
        .getStore(NAMESPACE)
        .put(
            shared.database(),
            (AutoCloseable)
                () ->
                    new TestPostgres(shared.server(), "postgres")
                        .execute("DROP DATABASE " + shared.database() + " WITH (FORCE)"));
    return shared;
  }

  private static TestPair pair(ParameterContext parameter, ExtensionContext context) {
    PairOf wanted =
        parameter
            .findAnnotation(PairOf.class)
            .orElseThrow(() -> new IllegalArgumentException("a TestPair needs @PairOf"));
    if (wanted.value() == ReplicationKind.PGLOGICAL) {
      new InstalledSource().require();
    }
    PairTemplates templates =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                wanted.value(),
                kind -> PairTemplates.create(installationFor(kind)),
                PairTemplates.class);
    TestPair pair =
        templates.start(
            new PairSetup(
                wanted.value(),
                wanted.before() + ";" + Resources.text(wanted.publisher()),
                Resources.text(wanted.subscriber())));
    context.getStore(NAMESPACE).put("pair " + parameter.getIndex(), pair);
    return pair;
  }

  private static PostgresInstallation installationFor(ReplicationKind kind) {
    if (kind == ReplicationKind.BUILT_IN) {
      return PostgresInstallation.embedded();
    }
    return PostgresInstallation.withPglogical().orElseThrow();
  }

  private static TestPostgres sharedServer(PostgresSource source, ExtensionContext context) {
    Store root = context.getRoot().getStore(NAMESPACE);
    TestServer server =
        root.getOrComputeIfAbsent(
            TestServer.class,
            unused -> source.start(ClusterOptions.defaults().with("wal_level", "logical")),
            TestServer.class);
    return new TestPostgres(server, "postgres");
  }

  private static TestPostgres ownServer(
      PostgresSource source, OwnServer annotation, int index, ExtensionContext context) {
    ClusterOptions options = new ClusterOptions(Map.of(), annotation.durable());
    for (String setting : annotation.settings()) {
      int equals = setting.indexOf('=');
      options = options.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    TestServer server = source.start(options);
    context.getStore(NAMESPACE).put("server " + index, server);
    return new TestPostgres(server, "postgres");
  }
}
