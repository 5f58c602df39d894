package dev.pgrunbook.workspace;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What libpq would ask the operating system.
 *
 * @param directory the working directory, absolute
 * @param environment the process's environment variables
 * @param userName the operating system's name of the user who runs the process
 */
record Machine(Path directory, Map<String, String> environment, String userName) {

  Machine {
    environment = Map.copyOf(environment);
  }

  /** Returns a variable's value, or null when it is unset or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns a file in the user's home, or null when nobody knows where that is. */
  @Nullable Path home(String file) {
    String home = variable("HOME");
    return home == null ? null : directory.resolve(home).resolve(file);
  }

  /**
   * Returns a path as somebody wrote it, or null when no file system has such a path.
   *
   * @param base the folder that relative paths start from
   */
  @Nullable Path path(Path base, String written) {
    try {
      Path home = home("");
      if (written.startsWith("~/") && home != null) {
        return home.resolve(written.substring(2)).normalize();
      }
      return base.resolve(written).normalize();
    } catch (InvalidPathException notAPath) {
      return null;
    }
  }

  /** The environment holds secrets. */
  @Override
  public String toString() {
    return "Machine[" + directory + "]";
  }
}
