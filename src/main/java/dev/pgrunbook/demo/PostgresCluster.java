package dev.pgrunbook.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL cluster on 127.0.0.1 that lives as long as somebody needs it: its own data
 * directory, its own port, the superuser {@code postgres} with a password of its own.
 *
 * <p>{@link #close} leaves no process and no file. Should the Java process end without it, a
 * shutdown hook does the same; should it be killed, the next cluster that anybody starts here does.
 */
public final class PostgresCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  static final String SUPERUSER = "postgres";

  /**
   * Below every system's range for outgoing connections: a client that tries to reconnect while the
   * server is down would otherwise now and then be given the very port, and talk to itself.
   */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;
  private static final int START_ATTEMPTS = 5;

  private final PostgresInstallation installation;
  private final ClusterOptions options;
  private final UnprivilegedAccount account;
  private final ClusterDirectory directory;
  private final String password;
  private final Thread shutdownHook = new Thread(this::dispose, "pgrunbook-cluster-shutdown");
  private int port;

  private PostgresCluster(
      PostgresInstallation installation,
      ClusterOptions options,
      UnprivilegedAccount account,
      ClusterDirectory directory,
      String password) {
    this.installation = installation;
    this.options = options;
    this.account = account;
    this.directory = directory;
    this.password = password;
  }

  /** Creates a cluster and returns once it accepts connections. */
  public static PostgresCluster start(ClusterSeed seed, ClusterOptions options) {
    return start(seed, options, WorkDirectory.ofThisUser());
  }

  static PostgresCluster start(ClusterSeed seed, ClusterOptions options, WorkDirectory work) {
    PostgresInstallation installation = seed.installation();
    UnprivilegedAccount account = UnprivilegedAccount.find(work.root());
    ClusterDirectory.removeAbandoned(work, account);
    ClusterDirectory directory =
        ClusterDirectory.create(work, account, installation.binDirectory());
    PostgresCluster cluster =
        new PostgresCluster(
            installation, options, account, directory, plant(seed, directory, account));
    Runtime.getRuntime().addShutdownHook(cluster.shutdownHook);
    try {
      cluster.startOnFreePort();
      return cluster;
    } catch (ClusterException failure) {
      cluster.close();
      throw failure;
    }
  }

  public PostgresInstallation installation() {
    return installation;
  }

  public ServerAddress address() {
    return new ServerAddress(HOST, port, SUPERUSER, password);
  }

  /** What the server has written to its log so far. */
  public String log() {
    return directory.log();
  }

  public Path dataDirectory() {
    return directory.data();
  }

  /** The process id of the running postmaster. */
  public long processId() {
    return directory
        .postmaster()
        .orElseThrow(() -> new ClusterException("no server runs in " + directory.data()))
        .pid();
  }

  /** Starts a cluster that was stopped, on the same port. */
  public void start() {
    control("start", "-l", directory.logFile().toString());
  }

  /**
   * Ends the server and keeps its data.
   *
   * @param immediate without a checkpoint, as a crash would; the next start has to recover
   */
  public void stop(boolean immediate) {
    control("stop", "-m", immediate ? "immediate" : "fast");
  }

  /** Stops and starts again on the same port. */
  public void restart(boolean immediate) {
    stop(immediate);
    start();
  }

  /** Lets the cluster outlive this process; nothing here stops it any more. */
  public void leaveRunning() {
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
    directory.keep();
  }

  /** The shell command that ends a cluster which was left running. */
  public String stopCommand() {
    List<String> command =
        account.command(
            List.of(
                installation.program("pg_ctl"),
                "stop",
                "-m",
                "fast",
                "-D",
                directory.data().toString()));
    return String.join(" ", command) + " && rm -r " + directory.path();
  }

  /** Ends the server and removes everything it left. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already, or is about to; disposing twice does no harm.
    }
    dispose();
  }

  private void dispose() {
    directory.dispose(account);
  }

  private static String plant(
      ClusterSeed seed, ClusterDirectory directory, UnprivilegedAccount account) {
    try {
      String password = seed.plant(directory, account);
      Files.writeString(
          directory.data().resolve("postgresql.conf"),
          "include '" + configurationFile(directory) + "'\n");
      return password;
    } catch (ClusterException failure) {
      directory.dispose(account);
      throw failure;
    } catch (IOException failure) {
      directory.dispose(account);
      throw new ClusterException("cannot write below " + directory.path(), failure);
    }
  }

  private static Path configurationFile(ClusterDirectory directory) {
    return directory.path().resolve("server.conf");
  }

  /** Another process may take the port between the look and the start; then try another one. */
  private void startOnFreePort() {
    Path configuration = configurationFile(directory);
    for (int attempt = 1; ; attempt++) {
      port = freePort();
      try {
        Files.writeString(configuration, options.configuration(port), StandardCharsets.UTF_8);
        WorkDirectory.setPermissions(configuration, "rw-r--r--");
        start();
        return;
      } catch (IOException failure) {
        throw new ClusterException("cannot write " + configuration, failure);
      } catch (ClusterException failure) {
        if (attempt == START_ATTEMPTS || !directory.log().contains("Address already in use")) {
          throw new ClusterException(
              "the server did not start; its log: " + directory.log().strip(), failure);
        }
      }
    }
  }

  private static int freePort() {
    SecureRandom random = new SecureRandom();
    for (int attempt = 0; attempt < PORTS; attempt++) {
      int candidate = FIRST_PORT + random.nextInt(PORTS);
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new ClusterException("no free port between 20000 and 29999 on " + HOST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private void control(String action, String... more) {
    List<String> command = new ArrayList<>();
    command.add(installation.program("pg_ctl"));
    command.add(action);
    command.add("--wait");
    command.add("--timeout=60");
    command.add("--pgdata=" + directory.data());
    command.addAll(List.of(more));
    run(command);
  }

  private void run(List<String> command) {
    ServerProgram.run(directory.path(), account.command(command));
  }
}
