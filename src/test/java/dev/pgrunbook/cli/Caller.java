package dev.pgrunbook.cli;

import dev.pgrunbook.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody without a terminal who calls the program, in this process, from a folder. */
final class Caller {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private InputStream typed = InputStream.nullInputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The user's own state is kept in a folder of its own below. */
  Caller(Path folder) {
    this.folder = folder;
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("HOME", folder.toString());
  }

  /** Returns somebody in another folder with the same home and state. */
  Caller in(Path other) {
    Caller caller = new Caller(other);
    caller.environment.putAll(environment);
    return caller;
  }

  Caller with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Types this at the next call. */
  Caller typing(String text) {
    return typing(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Types what comes from there at the next call. */
  Caller typing(InputStream keys) {
    typed = keys;
    return this;
  }

  Caller file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Calls the program; {@link #out} and {@link #err} then hold what it printed. */
  ExitCode call(String... words) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            typed,
            environment,
            folder,
            ColorChoice.AUTO);
    return new Program(surroundings).run(List.of(words));
  }

  /** Calls {@code run} with a database for the role {@code db} and an id. */
  ExitCode run(String runbook, TestPostgres database, String run, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", runbook, "--target", "db=" + database.uri(), "--run-id", run));
    words.addAll(List.of(more));
    return call(words.toArray(new String[0]));
  }

  /** Calls another command about a run, with the same database for the role {@code db}. */
  ExitCode resume(String run, TestPostgres database, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("resume", run, "--target", "db=" + database.uri()));
    words.addAll(List.of(more));
    return call(words.toArray(new String[0]));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Returns everything that was printed. */
  String said() {
    return out() + err();
  }
}
