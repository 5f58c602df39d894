package dev.pgrunbook.plan;

import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.TransactionMode;
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

  private KeyDangers() {}

  /** Returns a sentence, or null when the newer value is no more dangerous than the older. */
  static @Nullable String of(String key, @Nullable Object old, @Nullable Object now) {
    if (now == null) {
      return LOST.get(key);
    } else if (now instanceof ReviewMode review && old instanceof ReviewMode before) {
      return review.compareTo(before) > 0 ? review(review) : null;
    } else if (now instanceof TransactionMode mode && old instanceof TransactionMode before) {
      return mode.compareTo(before) > 0 ? "a failure half-way leaves what was done by then" : null;
    } else if (key.equals("approvals") && now instanceof Integer count) {
      return old instanceof Integer before && count < before ? "fewer people must approve" : null;
    } else if (key.equals("lockTimeout") && now instanceof Duration longer) {
      return old instanceof Duration before && longer.compareTo(before) > 0
          ? "it may wait longer for a lock, and others behind it"
          : null;
    } else if (key.equals("target") || key.equals("executeOn")) {
      return old == null ? null : "it works on another database";
    }
    return null;
  }

  /** Returns what it means that a review is less than required. */
  static String review(ReviewMode review) {
    return review == ReviewMode.NONE
        ? "nobody reviews the statements that it generates"
        : "people review the statements that it generates only when one is destructive";
  }
}
