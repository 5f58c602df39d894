package dev.pgrunbook.loader;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the SQL files that a runbook names; never one outside the runbook's folder. */
@FunctionalInterface
public interface SourceResolver {

  /** The most bytes an SQL file may have. */
  int SQL_LIMIT = 1024 * 1024;

  /**
   * Reads a file.
   *
   * @param path relative to the runbook's folder, with {@code /} between its parts and no {@code
   *     ..} among them
   */
  Validated<SourceFile> read(String path);

  /** Returns what refuses every file, for runbooks that lie in no folder. */
  static SourceResolver none() {
    return path -> refuse(path, "file-missing", "this runbook lies in no folder to read files of");
  }

  /**
   * Returns what reads files beside or below a runbook on disk; symbolic links count as what they
   * lead to.
   *
   * @param displayFolder how diagnostics name the folder, with a {@code /} at its end; empty for
   *     the working directory
   */
  static SourceResolver folder(Path folder, String displayFolder) {
    return path -> {
      try {
        Path file = folder.resolve(path);
        if (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
          return refuse(
              path, RunbookRule.FILE_OUTSIDE.code(), "it leads out of the runbook's folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          return refuse(path, "file-unreadable", "it is not a regular file");
        }
        return SourceReader.read(file, displayFolder + path, SQL_LIMIT);
      } catch (IOException | InvalidPathException failure) {
        return refuse(path, "file-unreadable", "it cannot be read: " + failure.getMessage());
      }
    };
  }

  /**
   * Returns what reads resources of the program, as the built-in runbooks are.
   *
   * @param folder the resource folder with a {@code /} at its end
   */
  static SourceResolver resources(ClassLoader loader, String folder) {
    return path -> {
      try (InputStream stream = loader.getResourceAsStream(folder + path)) {
        return stream == null
            ? refuse(path, "file-missing", "there is no such file")
            : SourceReader.decode(folder + path, stream.readNBytes(SQL_LIMIT + 1), SQL_LIMIT);
      } catch (IOException failure) {
        return refuse(path, "file-unreadable", "it cannot be read: " + failure.getMessage());
      }
    };
  }

  private static Validated<SourceFile> refuse(String path, String code, String message) {
    SourceSpan nowhere = new SourceFile(path, "").span(0, 0);
    return Validated.error(Diagnostic.error(code, nowhere, message));
  }

  /** Returns whether a diagnostic is about a file as a whole: there is no text to point into. */
  static boolean isEmptyPlace(Diagnostic diagnostic) {
    SourceSpan span = diagnostic.span();
    return span == null || span.file().text().isEmpty();
  }

  /** Returns whether a path is no plain relative one below its folder, on any operating system. */
  static boolean leavesFolder(String path) {
    if (path.indexOf('\\') >= 0 || path.indexOf(':') >= 0 || path.indexOf('\0') >= 0) {
      return true;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals("..") || part.equals(".")) {
        return true;
      }
    }
    return false;
  }
}
