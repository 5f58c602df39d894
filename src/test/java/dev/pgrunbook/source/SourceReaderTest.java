package dev.pgrunbook.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {

  @TempDir Path folder;

  @Test
  void missingFileIsNamedWithItsNearestNeighbour() throws IOException {
    Files.writeString(folder.resolve("resync-tables.yaml"), "");
    Diagnostic diagnostic = only(SourceReader.read(folder.resolve("resync-table.yaml"), "r.yaml"));
    assertThat(diagnostic.code()).isEqualTo("file-missing");
    assertThat(diagnostic.hint()).isEqualTo("did you mean \"resync-tables.yaml\"?");
  }

  @Test
  void missingFolderIsSaid() {
    Diagnostic diagnostic = only(SourceReader.read(folder.resolve("no/such.yaml"), "x"));
    assertThat(diagnostic.hint()).contains("there is no folder").contains("no");
  }

  @Test
  void directoryIsNoFile() {
    Diagnostic diagnostic = only(SourceReader.read(folder, "folder"));
    assertThat(diagnostic.code()).isEqualTo("file-unreadable");
    assertThat(diagnostic.message()).isEqualTo("the file is a directory, not a file");
  }

  @Test
  void limitIsToldAndItselfAllowed() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "abcd");
    assertThat(SourceReader.read(file, "x", 4).isValid()).isTrue();
    Diagnostic diagnostic = only(SourceReader.read(file, "x", 3));
    assertThat(diagnostic.code()).isEqualTo("file-too-large");
    assertThat(diagnostic.message()).contains("limit of 3 bytes");
    byte[] large = new byte[SourceReader.RUNBOOK_LIMIT + 1];
    assertThat(only(SourceReader.decode("x", large)).message()).contains("limit of 256 KiB");
  }

  @Test
  void byteOrderMarkIsDropped() {
    byte[] bytes = "\ufeffa: é\r\n\tb".getBytes(StandardCharsets.UTF_8);
    SourceFile file = Objects.requireNonNull(SourceReader.decode("x", bytes).orNull());
    assertThat(file.text()).isEqualTo("a: é\r\n\tb");
  }

  @Test
  void firstBadByteIsPlacedByLineAndCodePoint() {
    byte[] bytes = "a\n📦é\u0000".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xC3;
    Diagnostic diagnostic = only(SourceReader.decode("x", bytes));
    assertThat(diagnostic.code()).isEqualTo("not-utf8");
    assertThat(Objects.requireNonNull(diagnostic.span()).location()).isEqualTo("x:2:3");
  }

  private static Diagnostic only(Validated<SourceFile> outcome) {
    assertThat(outcome.diagnostics()).hasSize(1);
    return outcome.diagnostics().get(0);
  }
}
