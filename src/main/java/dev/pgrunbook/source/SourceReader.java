package dev.pgrunbook.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files strictly: UTF-8 and nothing else, of bounded size, without characters that hide
 * something.
 */
public final class SourceReader {

  /** The most bytes a runbook may have. */
  public static final int RUNBOOK_LIMIT = 256 * 1024;

  /** How many neighbours of a missing file are looked at for a better name. */
  private static final int NEIGHBOURS = 1000;

  private SourceReader() {}

  /** Reads a runbook. */
  public static Validated<SourceFile> read(Path path, String displayName) {
    return read(path, displayName, RUNBOOK_LIMIT);
  }

  /**
   * Reads a file.
   *
   * @param displayName the file's name in diagnostics
   * @param limit the most bytes it may have
   */
  public static Validated<SourceFile> read(Path path, String displayName, int limit) {
    if (Files.isDirectory(path)) {
      return unreadable(displayName, "is a directory, not a file");
    }
    if (Files.notExists(path)) {
      return missing(path, displayName);
    }
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(path)) {
      bytes = stream.readNBytes(limit + 1);
    } catch (java.nio.file.AccessDeniedException e) {
      return unreadable(displayName, "may not be read: permission denied");
    } catch (IOException e) {
      return unreadable(displayName, "cannot be read: " + e.getMessage());
    }
    return decode(displayName, bytes, limit);
  }

  /** Decodes the bytes of a runbook. */
  public static Validated<SourceFile> decode(String name, byte[] bytes) {
    return decode(name, bytes, RUNBOOK_LIMIT);
  }

  /**
   * Decodes the bytes of a file.
   *
   * @param limit the most bytes it may have
   */
  public static Validated<SourceFile> decode(String name, byte[] bytes, int limit) {
    if (bytes.length > limit) {
      String message = "the file is larger than the limit of " + size(limit);
      return Validated.error(
          Diagnostic.error("file-too-large", nowhere(name), message)
              .withHint("move long SQL to files of its own and name them with {file: …}"));
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      return Validated.error(
          Diagnostic.error("not-utf8", nowhere(name), "the file is encoded as UTF-16, not UTF-8")
              .withHint("save it as UTF-8"));
    }
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer input = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer output = CharBuffer.allocate(input.remaining());
    boolean malformed =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(input, output, true)
            .isError();
    if (malformed) {
      return notUtf8(name, bytes, start, input.position(), output.position());
    }
    return check(new SourceFile(name, output.flip().toString()));
  }

  private static Validated<SourceFile> notUtf8(
      String name, byte[] bytes, int start, int badByte, int offset) {
    String shown = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    SourceFile file = new SourceFile(name, shown);
    String message = "the byte 0x%02X is not valid UTF-8 here".formatted(bytes[badByte] & 0xFF);
    return Validated.error(
        Diagnostic.error("not-utf8", file.span(offset, offset + 1), message)
            .withHint("save the file as UTF-8"));
  }

  /** Returns the file when it holds only characters that a file may hold. */
  public static Validated<SourceFile> check(SourceFile file) {
    int bad = SourceCharacters.indexOfForbidden(file.text(), 0);
    if (bad < 0) {
      return Validated.of(file);
    }
    int codePoint = file.text().codePointAt(bad);
    SourceSpan span = file.span(bad, bad + Character.charCount(codePoint));
    String message =
        codePoint == '\r'
            ? "a carriage return stands here without a line feed after it"
            : "the character " + SourceCharacters.describe(codePoint) + " is not allowed in a file";
    return Validated.error(
        Diagnostic.error("forbidden-character", span, message).withHint(remedy(codePoint)));
  }

  private static String remedy(int codePoint) {
    if (codePoint == '\r') {
      return "end lines with a line feed (\\n), or with both (\\r\\n)";
    }
    if (codePoint == 0) {
      return "save the file as UTF-8; UTF-16 without a byte order mark looks like this";
    }
    return "it is invisible and could hide what a file does; remove it, and where SQL needs it"
        + " write chr(%d)".formatted(codePoint);
  }

  private static Validated<SourceFile> missing(Path path, String name) {
    Diagnostic diagnostic =
        Diagnostic.error("file-missing", nowhere(name), "there is no such file");
    return Validated.error(diagnostic.withHint(nearestNeighbour(path)));
  }

  private static @Nullable String nearestNeighbour(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    Path wanted = path.getFileName();
    if (folder == null || wanted == null) {
      return null;
    }
    if (!Files.isDirectory(folder)) {
      return "there is no folder " + folder + " either";
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> neighbours = Files.newDirectoryStream(folder)) {
      for (Path neighbour : neighbours) {
        names.add(String.valueOf(neighbour.getFileName()));
        if (names.size() == NEIGHBOURS) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return null;
    }
    names.sort(null);
    return Spelling.didYouMean(wanted.toString(), names);
  }

  private static Validated<SourceFile> unreadable(String name, String why) {
    return Validated.error(Diagnostic.error("file-unreadable", nowhere(name), "the file " + why));
  }

  /** Returns a span for a file that has no text to point into. */
  private static SourceSpan nowhere(String name) {
    return new SourceFile(name, "").span(0, 0);
  }

  private static String size(int bytes) {
    return bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " bytes";
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
