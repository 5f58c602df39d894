package dev.pgrunbook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresClusterTest {
  private final PostgresInstallation installation = PostgresInstallation.embedded();
  private WorkDirectory work = WorkDirectory.ofThisUser();

  @BeforeEach
  void makeWorkDirectory() throws IOException {
    work = WorkDirectory.at(Files.createTempDirectory("pgrunbook-test"));
  }

  @AfterEach
  void removeWorkDirectory() {
    WorkDirectory.remove(work.root());
  }

  @Test
  void closingLeavesNoProcessAndNoFile() throws Exception {
    ProcessHandle postmaster;
    try (PostgresCluster cluster = start()) {
      postmaster = ProcessHandle.of(cluster.processId()).orElseThrow();
      assertThat(postmaster.isAlive()).isTrue();
      assertThat(cluster.log()).contains("ready to accept connections");
    }

    awaitEnd(postmaster);
    assertThat(work.root().resolve("clusters")).isEmptyDirectory();
    assertThat(work.root().resolve("starting")).isEmptyDirectory();
  }

  @Test
  void aClusterKeepsItsPortWhenItIsStoppedAndStarted() {
    try (PostgresCluster cluster = start()) {
      ServerAddress address = cluster.address();
      long before = cluster.processId();
      ProcessHandle postmaster = ProcessHandle.of(before).orElseThrow();

      cluster.stop(true);
      awaitEnd(postmaster);
      cluster.start();

      assertThat(cluster.address()).isEqualTo(address);
      assertThat(cluster.processId()).isNotEqualTo(before);
      assertThat(cluster.log()).contains("automatic recovery in progress");
    }
  }

  @Test
  void theNextStartEndsWhatAKilledProcessLeft() throws Exception {
    Left left = startAndKill("abandon");
    assertThat(left.postmaster().isAlive()).isTrue();

    start().close();

    awaitEnd(left.postmaster());
    assertThat(left.data()).doesNotExist();
    assertThat(work.root().resolve("clusters")).isEmptyDirectory();
  }

  @Test
  void theNextStartSparesWhatLivesOrWasLeftOnPurpose() throws Exception {
    Left kept = startAndKill("keep");
    Process living = launch("abandon");
    try {
      Left used = read(living);

      start().close();

      assertThat(used.postmaster().isAlive()).isTrue();
      assertThat(kept.postmaster().isAlive()).isTrue();
    } finally {
      living.destroyForcibly().waitFor();
      start().close();
      assertThat(kept.postmaster().destroyForcibly()).isTrue();
      awaitEnd(kept.postmaster());
    }
  }

  @Test
  void aForeignProcessNumberIsNeverTakenForAServer() throws Exception {
    UnprivilegedAccount account = UnprivilegedAccount.find(work.root());
    ClusterDirectory directory =
        ClusterDirectory.create(work, account, installation.binDirectory());
    Files.createDirectory(directory.data());
    Files.writeString(
        directory.data().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");

    assertThat(directory.postmaster()).isEmpty();
    directory.dispose(account);

    assertThat(directory.path()).doesNotExist();
  }

  /**
   * Where nobody reaps orphans, as in some containers, an ended process stays as an empty entry.
   */
  private static void awaitEnd(ProcessHandle process) {
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    assertThat(process.info().commandLine()).isEmpty();
  }

  private PostgresCluster start() {
    return PostgresCluster.start(ClusterSeed.fresh(installation), ClusterOptions.defaults(), work);
  }

  private record Left(ProcessHandle postmaster, Path data) {}

  private Left startAndKill(String purpose) throws Exception {
    Process owner = launch(purpose);
    try {
      return read(owner);
    } finally {
      owner.destroyForcibly().waitFor();
    }
  }

  private Process launch(String purpose) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            KilledOwner.class.getName(),
            installation.binDirectory().toString(),
            work.root().toString(),
            purpose)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Left read(Process owner) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
    long pid = Long.parseLong(output.readLine());
    return new Left(ProcessHandle.of(pid).orElseThrow(), Path.of(output.readLine()));
  }
}
