package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterOptions;
import dev.pgrunbook.demo.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL's own image, by Testcontainers. */
final class ContainerSource implements PostgresSource {
  private static final String IMAGE = "postgres:15";

  @Override
  public Optional<String> absence() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("Docker does not answer");
  }

  @Override
  public boolean installable() {
    return false;
  }

  @Override
  public TestServer start(ClusterOptions options) {
    List<String> command = new ArrayList<>(List.of("postgres"));
    command.add("-cfsync=" + (options.durable() ? "on" : "off"));
    options.settings().forEach((name, value) -> command.add("-c" + name + "=" + value));
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE)
            .withUsername("postgres")
            .withPassword("container")
            .withDatabaseName("postgres")
            .withCommand(command.toArray(new String[0]));
    container.start();
    return new ContainerServer(container);
  }

  private record ContainerServer(PostgreSQLContainer container) implements TestServer {

    @Override
    public ServerAddress address() {
      return new ServerAddress(
          container.getHost(),
          container.getFirstMappedPort(),
          container.getUsername(),
          container.getPassword());
    }

    @Override
    public void restart(boolean immediate) {
      throw unsupported();
    }

    @Override
    public void stop(boolean immediate) {
      throw unsupported();
    }

    @Override
    public void start() {
      throw unsupported();
    }

    @Override
    public String log() {
      return container.getLogs();
    }

    @Override
    public void close() {
      container.close();
    }

    /** Docker gives a restarted container another port. */
    private static RuntimeException unsupported() {
      return new org.opentest4j.TestAbortedException(
          "a container cannot be stopped and started on the same port");
    }
  }
}
