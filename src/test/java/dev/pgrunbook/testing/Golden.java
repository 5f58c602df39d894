package dev.pgrunbook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Texts compared with files under {@code src/test/resources}.
 *
 * <p>{@code -Dgolden.update=true} writes them anew and fails, so that somebody looks.
 */
public final class Golden {

  private Golden() {}

  /** Compares lines with a file; spaces at the end of a line do not count. */
  public static void check(String name, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
    Path file = Path.of("src/test/resources").resolve(name);
    try {
      boolean same = Files.exists(file) && Files.readString(file).contentEquals(text);
      if (Boolean.getBoolean("golden.update") && !same) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        fail("wrote " + file + ": look at it");
      }
      assertThat(text.toString()).as(name).isEqualTo(Files.readString(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
