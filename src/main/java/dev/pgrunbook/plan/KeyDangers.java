package dev.pgrunbook.plan;

import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.plan.RunbookChange.Danger;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When another value of a key, or none, makes a runbook more dangerous. */
final class KeyDangers {

  /** What is lost with a key that is gone. */
  private static final Map<String, String> LOST =
      Map.ofEntries(
          Map.entry("confirm", "nobody is asked before it runs"),
          Map.entry("verify", "nothing verifies what it has done"),
          Map.entry("unless", "it runs again where its work is done already"),
          Map.entry("undo", "it cannot be undone"),
          Map.entry("type", "nothing has to be typed to pass"),
          Map.entry("lockTimeout", "it may wait for a lock for ever, and others behind it"),
          Map.entry("timeout", "it may take for ever"),
          Map.entry("window", "its statements may start at any time of day"),
          Map.entry("fail", "it no longer ends early when something is wrong"),
          Map.entry("readOnly", "steps may write there"),
          Map.entry("pattern", "it takes texts of any form"),
          Map.entry("choices", "it takes any value"),
          Map.entry("min", "it takes values however small"),
          Map.entry("max", "it takes values however great"),
          Map.entry("warning", "people are no longer warned"));

  /** What is no longer sure when a key says something else, whether that is more or less. */
  private static final Map<String, String> OTHER =
      Map.of(
          "check", "it checks something else",
          "expect", "it passes on other rows",
          "verify", "something else verifies what it has done",
          "unless", "something else decides whether its work is done already",
          "until", "it waits for something else",
          "fail", "something else ends it early",
          "pattern", "it takes other texts",
          "window", "its statements may start at other times of day");

  private KeyDangers() {}

  /**
   * Returns what another value of a key is a danger for; null when the newer value is no more
   * dangerous than the older.
   *
   * @param guard whether the key is one of a step that stops a run
   */
  static @Nullable Danger of(
      String key, @Nullable Object old, @Nullable Object now, boolean guard) {
    if (key.equals("target") || key.equals("executeOn")) {
      return old == null || now == null ? null : otherDatabase(guard);
    }
    String lost =
        now == null ? LOST.get(key) : old == null ? added(key, guard) : less(key, old, now);
    String sentence = lost == null && old != null && now != null ? other(key, guard) : lost;
    return sentence == null ? null : Danger.safeguard(sentence);
  }

  private static Danger otherDatabase(boolean guard) {
    return guard
        ? Danger.safeguard("it looks at another database")
        : Danger.harm("it works on another database");
  }

  private static @Nullable String added(String key, boolean guard) {
    return guard && key.equals("when") ? "it is passed over where its condition is not true" : null;
  }

  private static @Nullable String other(String key, boolean guard) {
    if (guard && key.equals("when")) {
      return "it is passed over on another condition";
    }
    return guard && key.equals("forEach") ? "it looks at other items" : OTHER.get(key);
  }

  private static @Nullable String less(String key, Object old, Object now) {
    if (now instanceof ReviewMode review && old instanceof ReviewMode before) {
      return review.compareTo(before) > 0 ? review(review) : null;
    } else if (now instanceof TransactionMode mode && old instanceof TransactionMode before) {
      return mode.compareTo(before) > 0 ? "a failure half-way leaves what was done by then" : null;
    } else if (key.equals("approvals") && now instanceof Integer count) {
      return old instanceof Integer before && count < before ? "fewer people must approve" : null;
    } else if (now instanceof Duration longer && old instanceof Duration before) {
      return longer.compareTo(before) > 0 ? longer(key) : null;
    }
    return null;
  }

  private static @Nullable String longer(String key) {
    return switch (key) {
      case "lockTimeout" -> "it may wait longer for a lock, and others behind it";
      case "timeout" -> "it may take longer";
      default -> null;
    };
  }

  /** Returns what it means that a review is less than required. */
  static String review(ReviewMode review) {
    return review == ReviewMode.NONE
        ? "nobody reviews the statements that it generates"
        : "people review the statements that it generates only when one is destructive";
  }
}
