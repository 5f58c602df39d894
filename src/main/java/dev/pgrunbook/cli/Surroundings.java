package dev.pgrunbook.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it: its streams, the environment and the directory it was called in.
 *
 * <p>Commands take these from here and never from {@link System}, so that a test can hand in its
 * own.
 *
 * @param out results; nothing else goes there
 * @param err messages about the command itself
 * @param in standard input
 * @param environment the environment variables
 * @param directory the current working directory, absolute
 * @param color whether output is coloured
 */
record Surroundings(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    Path directory,
    ColorChoice color) {

  /** Returns the same with another choice of colours. */
  Surroundings with(ColorChoice choice) {
    return new Surroundings(out, err, in, environment, directory, choice);
  }

  /** Returns where this program keeps what outlives it: {@code $XDG_STATE_HOME/pgrunbook}. */
  Path stateDirectory() {
    Path state = absolute(environment.get("XDG_STATE_HOME"));
    Path home = absolute(environment.get("HOME"));
    if (state == null) {
      Path base = home == null ? Path.of(System.getProperty("user.home")) : home;
      state = base.resolve(".local").resolve("state");
    }
    return state.resolve("pgrunbook");
  }

  /** Returns where the user keeps what is set up once: {@code $XDG_CONFIG_HOME/pgrunbook}. */
  Path configDirectory() {
    Path config = absolute(environment.get("XDG_CONFIG_HOME"));
    Path home = absolute(environment.get("HOME"));
    if (config == null) {
      Path base = home == null ? Path.of(System.getProperty("user.home")) : home;
      config = base.resolve(".config");
    }
    return config.resolve("pgrunbook");
  }

  /** The XDG rules have relative paths ignored. */
  private static @Nullable Path absolute(@Nullable String path) {
    return path == null || path.isEmpty() || !Path.of(path).isAbsolute() ? null : Path.of(path);
  }
}
