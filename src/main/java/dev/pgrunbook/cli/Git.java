package dev.pgrunbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Git, as another process: no shell, no prompt, no pager, and not for ever. */
final class Git {

  private static final int LONGEST_ANSWER = 32 * 1024 * 1024;
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;

  Git(Path directory) {
    this.directory = directory;
  }

  /** Git has no answer; the message is a sentence for people. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }

  /** Returns what git prints, without the last line break. */
  String ask(String... arguments) throws Failure {
    List<String> command =
        new ArrayList<>(List.of("git", "--no-pager", "-c", "core.fsmonitor=false"));
    command.addAll(List.of(arguments));
    Process process = start(command);
    Thread watch = watch(process);
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      byte[] answer = out.readNBytes(LONGEST_ANSWER + 1);
      if (answer.length > LONGEST_ANSWER) {
        process.destroyForcibly();
        throw new Failure("git answers at too great a length");
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new Failure("git says no (exit code " + code + ")");
      }
      return new String(answer, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException broken) {
      throw new Failure("git broke off: " + broken.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new Failure("git was interrupted");
    } finally {
      watch.interrupt();
    }
  }

  private Process start(List<String> command) throws Failure {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder.start();
    } catch (IOException absent) {
      throw new Failure("git cannot be started; is it installed?");
    }
  }

  private static Thread watch(Process process) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
              }
            },
            "git watch");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }

  /** Returns the texts of an answer that ends each with NUL. */
  List<String> list(String... arguments) throws Failure {
    List<String> texts = new ArrayList<>();
    for (String text : ask(arguments).split("\0", -1)) {
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
