package dev.pgrunbook.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where a document goes that a command makes. */
record Output(Surroundings surroundings, Messages messages) {

  /**
   * Writes a document as a whole: whoever reads the file meanwhile sees the old one or the new one.
   *
   * @param file as given, or null for standard output
   */
  ExitCode write(String document, @Nullable String file) {
    if (file == null) {
      surroundings.out().print(document);
      return ExitCode.DONE;
    }
    Path path = surroundings.directory().resolve(file);
    try {
      replace(path, document);
      return ExitCode.DONE;
    } catch (IOException unwritable) {
      String reason = unwritable.getClass().getSimpleName() + ": " + unwritable.getMessage();
      messages.refuse("cannot write " + file + ": " + reason, null);
      return ExitCode.ENVIRONMENT;
    }
  }

  private static void replace(Path path, String document) throws IOException {
    if (!Files.isRegularFile(path) && Files.exists(path)) {
      // A device or a pipe, such as /dev/stdout, is written and not replaced.
      Files.writeString(path, document);
      return;
    }
    Path unfinished = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(unfinished, document);
    try {
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException elsewhere) {
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
