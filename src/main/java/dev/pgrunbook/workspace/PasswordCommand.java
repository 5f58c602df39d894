package dev.pgrunbook.workspace;

import dev.pgrunbook.database.SecretSource;
import dev.pgrunbook.database.SecretUnavailable;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that writes a password to its standard output. */
final class PasswordCommand implements SecretSource {

  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int LIMIT = 64 * 1024;
  private static final int SHOWN = 500;

  private final List<String> command;
  private final Path folder;
  private final Machine machine;
  private final Duration timeout;

  PasswordCommand(List<String> command, Path folder, Machine machine, Duration timeout) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.machine = machine;
    this.timeout = timeout;
  }

  @Override
  public SecretValue read() throws SecretUnavailable {
    Process process = start();
    CompletableFuture<byte[]> output = reading(process.getInputStream());
    CompletableFuture<byte[]> complaint = reading(process.getErrorStream());
    long end = System.nanoTime() + timeout.toNanos();
    try {
      if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      byte[] said = output.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (process.exitValue() != 0) {
        byte[] why = complaint.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        throw failed(process.exitValue(), why);
      }
      return Passwords.secret(said, subject());
    } catch (TimeoutException tooLong) {
      throw new SecretUnavailable(
          subject() + " did not end within " + timeout.toSeconds() + " s",
          "run it by hand; it may be waiting for somebody to log in");
    } catch (ExecutionException unreadable) {
      throw new SecretUnavailable(subject() + " could not be read from", "run it by hand");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SecretUnavailable(subject() + " was interrupted", "try again");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws SecretUnavailable {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(machine.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException failure) {
      throw new SecretUnavailable(
          subject() + " could not be started", "is it installed, and in the PATH?");
    }
  }

  /** Reads in a thread of its own: a program that fills one pipe must not wait for the other. */
  private static CompletableFuture<byte[]> reading(InputStream stream) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (stream) {
                byte[] kept = stream.readNBytes(LIMIT);
                stream.transferTo(OutputStream.nullOutputStream());
                all.complete(kept);
              } catch (IOException failure) {
                all.completeExceptionally(failure);
              }
            },
            "password command");
    reader.setDaemon(true);
    reader.start();
    return all;
  }

  private SecretUnavailable failed(int status, byte[] complaint) {
    String text = new String(complaint, StandardCharsets.UTF_8).strip();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    StringBuilder line = new StringBuilder();
    shown.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    String reason = line.isEmpty() ? "" : ": " + line;
    return new SecretUnavailable(
        subject() + " failed with exit status " + status + reason, "run it by hand to see why");
  }

  /** Arguments may be confidential; the program's name is not. */
  private String subject() {
    return "the password command " + command.get(0);
  }

  @Override
  public String toString() {
    return "PasswordCommand[" + command.get(0) + "]";
  }
}
