package dev.pgrunbook.workspace;

import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * libpq's {@code ~/.pgpass}: lines of {@code host:port:database:user:password}.
 *
 * <p>A field {@code *} matches anything; {@code \:} and {@code \\} stand for the characters
 * themselves; the first line that matches counts.
 */
final class PasswordFile {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  /** Who wants to connect where. */
  record Login(HostList hosts, String database, String user) {}

  private final Path path;

  PasswordFile(Path path) {
    this.path = path;
  }

  /** Returns why the file is ignored, or null when it is used or not there. */
  @Nullable Diagnostic objection() {
    if (Files.notExists(path)) {
      return null;
    }
    if (!Files.isRegularFile(path)) {
      return ignored("is not a plain file", null);
    }
    try {
      for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
        if (OTHERS.contains(permission)) {
          return ignored("is open to other users", "chmod 600 " + path);
        }
      }
    } catch (IOException | UnsupportedOperationException unknowable) {
      return null;
    }
    return null;
  }

  private Diagnostic ignored(String why, @Nullable String hint) {
    String message = "the password file " + path + " " + why + ", so it is ignored";
    return Diagnostic.warning("password-file", null, message).withHint(hint);
  }

  /** Returns where a login's password comes from, or null when the file has none for it. */
  @Nullable SecretSource source(Login login) {
    if (objection() != null || find(login) == null) {
      return null;
    }
    return () -> {
      SecretValue password = objection() == null ? find(login) : null;
      if (password == null) {
        throw new SecretUnavailable(
            "the password file " + path + " had one and has none any more", "look into that file");
      }
      return password;
    };
  }

  private @Nullable SecretValue find(Login login) {
    if (!Files.isReadable(path)) {
      return null;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return null;
    }
    for (int host = 0; host < login.hosts().hosts().size(); host++) {
      for (String line : lines) {
        SecretValue password = match(line, login, host);
        if (password != null) {
          return password;
        }
      }
    }
    return null;
  }

  private static @Nullable SecretValue match(String line, Login login, int host) {
    if (line.startsWith("#")) {
      return null;
    }
    int offset = afterField(line, 0, login.hosts().hosts().get(host));
    offset = afterField(line, offset, login.hosts().ports().get(host));
    offset = afterField(line, offset, login.database());
    offset = afterField(line, offset, login.user());
    String password = offset < 0 ? "" : unescaped(line, offset);
    return password.isEmpty() ? null : new SecretValue(password);
  }

  /** Returns where the field after a matching one begins, or -1. */
  private static int afterField(String line, int start, String wanted) {
    if (start < 0 || line.startsWith("*:", start)) {
      return start < 0 ? -1 : start + 2;
    }
    int matched = 0;
    for (int i = start; i < line.length(); i++) {
      char read = line.charAt(i);
      if (read == ':' && matched == wanted.length()) {
        return i + 1;
      }
      if (read == '\\' && i + 1 < line.length()) {
        read = line.charAt(++i);
      }
      if (matched == wanted.length() || read != wanted.charAt(matched)) {
        return -1;
      }
      matched++;
    }
    return -1;
  }

  private static String unescaped(String line, int start) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < line.length() && line.charAt(i) != ':'; i++) {
      if (line.charAt(i) == '\\' && i + 1 < line.length()) {
        i++;
      }
      text.append(line.charAt(i));
    }
    return text.toString();
  }
}
