package dev.pgrunbook.workspace;

import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places a password is looked up in, each time it is needed. */
final class Passwords {

  private static final int LIMIT = 64 * 1024;

  private Passwords() {}

  static SecretSource variable(Machine machine, String name) {
    return () -> {
      String value = machine.variable(name);
      if (value == null) {
        throw new SecretUnavailable(
            "the environment variable " + name + " is not set", "set it and try again");
      }
      return new SecretValue(value);
    };
  }

  /** Returns a source that reads a whole file, one line end at its end aside. */
  static SecretSource file(Path path) {
    return file(path, "the password file", "check password: of the connection");
  }

  /**
   * Returns the same for another secret.
   *
   * @param what what the file is, for messages
   * @param hint what to do when it cannot be read
   */
  static SecretSource file(Path path, String what, String hint) {
    return () -> {
      try (InputStream stream = Files.newInputStream(path)) {
        return secret(stream.readNBytes(LIMIT), what + " " + path);
      } catch (IOException failure) {
        String why = Files.notExists(path) ? " does not exist" : " cannot be read";
        throw new SecretUnavailable(what + " " + path + why, hint);
      }
    };
  }

  /** Returns the text of bytes without the line end that tools put behind it. */
  static SecretValue secret(byte[] bytes, String origin) throws SecretUnavailable {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    String password = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (password.isEmpty()) {
      throw new SecretUnavailable(origin + " gives an empty password", "look what it gives");
    }
    if (password.indexOf('\n') >= 0) {
      throw new SecretUnavailable(
          origin + " gives more than one line", "it must give the password alone");
    }
    return new SecretValue(password);
  }
}
