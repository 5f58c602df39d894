package dev.pgrunbook.workspace;

import dev.pgrunbook.database.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a run, and when: exactly one of a command and a webhook.
 *
 * @param occasions of what
 * @param after how long an occasion lasts before anybody is told; absent for the usual time
 * @param command a program with its arguments, which reads JSON from its standard input; empty for
 *     a webhook
 * @param webhook where JSON is posted to, looked up each time; null for a command
 */
public record Notification(
    Set<Occasion> occasions,
    Map<Occasion, Duration> after,
    List<String> command,
    @Nullable SecretSource webhook) {

  public Notification {
    occasions = Set.copyOf(occasions);
    after = Map.copyOf(after);
    command = List.copyOf(command);
  }

  /** What people want to be told of. */
  public enum Occasion {
    /** Somebody has to answer before the run goes on. */
    WAITING,
    /** It failed, or a database was lost. */
    FAILED,
    /** Nothing moves: a probe sees the same for long, or a statement waits for a lock. */
    STALLED,
    DONE;

    /** Returns the occasion of a word, or null. */
    static @Nullable Occasion of(String word) {
      for (Occasion occasion : values()) {
        if (occasion.word().equals(word)) {
          return occasion;
        }
      }
      return null;
    }

    /** Returns the word that files use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A webhook's address is a secret. */
  @Override
  public String toString() {
    return "Notification["
        + occasions
        + ", "
        + (webhook == null ? command.get(0) : "webhook")
        + "]";
  }
}
