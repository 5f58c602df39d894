package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

  @TempDir private Path folder;

  private Workspace workspace(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(folder.resolve("pgrunbook.yaml"), yaml);
    Validated<Workspace> found = Workspace.find(new Machine(folder, environment, "operator"));
    assertThat(found.diagnostics()).isEmpty();
    return Objects.requireNonNull(found.orNull());
  }

  private static DatabaseSettings settings(Workspace workspace, String connection) {
    Validated<DatabaseSettings> settings = workspace.settings(connection);
    assertThat(settings.diagnostics()).isEmpty();
    return Objects.requireNonNull(settings.orNull());
  }

  private static @Nullable StoreAddress store(Workspace workspace, @Nullable String given) {
    return workspace.store(given, Path.of("/own")).orNull();
  }

  @Test
  void aStoreIsAFolderOrAConnection() throws IOException {
    Workspace workspace =
        workspace(
            "connections: {ops: {url: \"postgresql://anna@db1/ops\"}}\nstore: ops\n", Map.of());
    for (String given : new @Nullable String[] {null, "ops", "postgresql://anna:s3cret@db1/ops"}) {
      assertThat(store(workspace, given))
          .isInstanceOfSatisfying(
              StoreAddress.Server.class,
              server -> {
                assertThat(server.settings().display()).isEqualTo("db1:5432/ops as anna");
                assertThat(server.settings().name()).doesNotContain("s3cret");
              });
    }
    assertThat(store(workspace, "./ops"))
        .isEqualTo(new StoreAddress.Directory(folder.resolve("ops")));
    assertThat(workspace.store("postgresql://a:s3cret@b@c/", folder).diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.toString()).doesNotContain("s3cret"));
    assertThat(workspace.store("a\0b", folder).diagnostics())
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo("bad-store"));
  }

  @Test
  void theStoresPasswordDoesNotStandInTheFile() throws IOException {
    Files.writeString(folder.resolve("pgrunbook.yaml"), "store: postgresql://anna:s3cret@db1/ops");
    Validated<Workspace> found = Workspace.find(new Machine(folder, Map.of(), "operator"));
    assertThat(found.diagnostics())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.code()).isEqualTo("plain-password");
              assertThat(mistake.toString()).doesNotContain("s3cret");
            });
  }

  @Test
  void theExampleLoads() {
    Validated<Workspace> found = Workspace.find(Path.of("examples"), Map.of());

    assertThat(found.diagnostics()).isEmpty();
    Workspace workspace = Objects.requireNonNull(found.orNull());
    assertThat(workspace.connections())
        .containsExactly("orders", "orders-replica", "orders-dev", "reports");
    assertThat(store(workspace, null))
        .isEqualTo(new StoreAddress.Directory(Path.of("examples/.pgrunbook").toAbsolutePath()));
    assertThat(settings(workspace, "orders").display())
        .isEqualTo("db1.example.com:5432/orders as runbook");
    assertThat(settings(workspace, "orders").isProtected()).isTrue();
    assertThat(settings(workspace, "orders").expect().database()).isEqualTo("orders");
    assertThat(settings(workspace, "reports").properties())
        .containsEntry("targetServerType", "primary");
    assertThat(workspace.environment("production").orNull())
        .containsEntry("publisher", "orders")
        .containsEntry("subscriber", "orders-replica");
  }

  @Test
  void aFileIsFoundUpwards() throws IOException {
    Workspace above = workspace("store: runs\n", Map.of());
    Path below = Files.createDirectories(folder.resolve("a/b"));

    Workspace found =
        Objects.requireNonNull(Workspace.find(new Machine(below, Map.of(), "operator")).orNull());

    assertThat(found.file()).isEqualTo(above.file()).isEqualTo(folder.resolve("pgrunbook.yaml"));
    assertThat(store(found, null)).isEqualTo(new StoreAddress.Directory(folder.resolve("runs")));
    assertThat(store(found, "runs")).isEqualTo(new StoreAddress.Directory(below.resolve("runs")));
  }

  @Test
  void withoutAFileThereAreOnlyWrittenConnections() throws Exception {
    Workspace workspace =
        Objects.requireNonNull(
            Workspace.find(new Machine(folder, Map.of("PGPASSWORD", "s3cret"), "operator"))
                .orNull());

    DatabaseSettings settings = settings(workspace, "postgresql://db:5433/sales");

    assertThat(workspace.file()).isNull();
    assertThat(store(workspace, null)).isEqualTo(new StoreAddress.Directory(Path.of("/own")));
    assertThat(settings.url()).isEqualTo("jdbc:postgresql://db:5433/sales");
    assertThat(settings.user()).isEqualTo("operator");
    assertThat(Objects.requireNonNull(settings.password()).read().secret()).isEqualTo("s3cret");
  }
}
