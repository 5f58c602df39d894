package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL files beside and below a runbook, and attempts to leave its folder. */
class SourceResolverTest {

  private final Path outside;
  private final Path folder;

  SourceResolverTest(@TempDir Path outside) throws IOException {
    this.outside = outside;
    this.folder = Files.createDirectory(outside.resolve("runbooks"));
    Files.createDirectory(folder.resolve("below"));
    Files.writeString(outside.resolve("secret.sql"), "SELECT 'secret'");
    Files.writeString(folder.resolve("beside.sql"), "SELECT 1");
    Files.writeString(folder.resolve("below/deep.sql"), "SELECT 2");
  }

  @Test
  void filesBesideAndBelowBelongToTheRunbook() throws IOException {
    Validated<LoadedRunbook> loaded = load("beside.sql", "below/deep.sql", "beside.sql");
    assertThat(loaded.diagnostics()).isEmpty();
    List<SourceFile> sources = Objects.requireNonNull(loaded.orNull()).sources();
    assertThat(sources)
        .extracting(SourceFile::name)
        .containsExactly("shown/book.yaml", "shown/beside.sql", "shown/below/deep.sql");
    assertThat(sources.get(2).text()).isEqualTo("SELECT 2");
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.sql"), outside.resolve("secret.sql"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    assertThat(load("link.sql", "up/secret.sql").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("file-outside", "file-outside");
  }

  @Test
  void aLinkWithinTheFolderIsRead() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.sql"), folder.resolve("beside.sql"));
    assertThat(load("link.sql").diagnostics()).isEmpty();
  }

  @Test
  void directoriesAndDevicesAreRefused() throws IOException {
    assertThat(load("below").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("file-unreadable");
  }

  @Test
  void builtInsReadResources() {
    SourceResolver resolver =
        SourceResolver.resources(SourceResolverTest.class.getClassLoader(), "guide/");
    assertThat(resolver.read("tracking-progress.sql").isValid()).isTrue();
    assertThat(resolver.read("nothing.sql").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("file-missing");
  }

  private Validated<LoadedRunbook> load(String... files) throws IOException {
    StringBuilder text =
        new StringBuilder("runbook: book\nversion: 1.0.0\ntitle: T\ntargets: {db: {}}\nsteps:\n");
    for (int i = 0; i < files.length; i++) {
      text.append("  - {id: s" + i + ", target: db, query: {file: " + files[i] + "}}\n");
    }
    Path file = Files.writeString(folder.resolve("book.yaml"), text);
    return new RunbookLoader(new YamlFrontEnd()).load(file, "shown/book.yaml");
  }
}
