package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets in texts of the server, which echoes values in its messages.
 *
 * <p>A secret is also found as a quoted literal spells it, as JSON does, and when the server cut it
 * short and wrote {@code ...} after its beginning.
 */
final class SecretMask {

  /** A shorter beginning before an ellipsis is taken for a coincidence. */
  private static final int SHORTEST_BEGINNING = 3;

  /** A shorter part in quotes is taken for a coincidence. */
  private static final int SHORTEST_PART = 2;

  private static final String ELLIPSIS = "...";

  /** Longest first, so that a secret inside another one leaves nothing behind. */
  private final List<String> spellings = new ArrayList<>();

  /** Adds every secret within a value. */
  void add(Value value) {
    if (value instanceof SecretValue secret) {
      add(secret.secret());
    } else if (value instanceof ListValue list) {
      list.items().forEach(this::add);
    } else if (value instanceof RowValue row) {
      row.fields().values().forEach(this::add);
    }
  }

  private void add(String secret) {
    if (secret.isEmpty() || spellings.contains(secret)) {
      return;
    }
    String quoted = secret.replace("'", "''");
    String escaped = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    for (String spelling :
        List.of(
            secret, quoted, quoted.replace("\\", "\\\\"), escaped, secret.replace("\"", "\"\""))) {
      if (!spellings.contains(spelling)) {
        spellings.add(spelling);
      }
    }
    spellings.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** Returns a text without secrets. */
  String apply(String text) {
    String masked = text;
    for (String spelling : spellings) {
      masked = masked.replace(spelling, SecretValue.MASK);
    }
    if (spellings.isEmpty()) {
      return masked;
    }
    return maskQuotedParts(masked.contains(ELLIPSIS) ? maskBeginnings(masked) : masked);
  }

  /** The parser of JSON, among others, quotes the token of a value that it stumbled over. */
  private String maskQuotedParts(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int open = text.indexOf('"'); open >= 0; open = text.indexOf('"', open + 1)) {
      int close = text.indexOf('"', open + 1);
      if (close - open > SHORTEST_PART && isPart(text.substring(open + 1, close))) {
        masked.append(text, copied, open + 1).append(SecretValue.MASK);
        copied = close;
      }
    }
    return masked.append(text, copied, text.length()).toString();
  }

  private boolean isPart(String part) {
    return spellings.stream().anyMatch(spelling -> spelling.contains(part));
  }

  /** Returns a text without secrets, or null for null. */
  @Nullable String applyTo(@Nullable String text) {
    return text == null ? null : apply(text);
  }

  private String maskBeginnings(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int cut = text.indexOf(ELLIPSIS); cut >= 0; cut = text.indexOf(ELLIPSIS, cut + 1)) {
      int length = beginningBefore(text, copied, cut);
      if (length > 0) {
        masked.append(text, copied, cut - length).append(SecretValue.MASK);
        copied = cut;
      }
    }
    return masked.append(text, copied, text.length()).toString();
  }

  /** Returns how many characters before a place are the beginning of a secret. */
  private int beginningBefore(String text, int from, int end) {
    for (String spelling : spellings) {
      int longest = Math.min(spelling.length() - 1, end - from);
      for (int length = longest; length >= SHORTEST_BEGINNING; length--) {
        if (text.startsWith(spelling.substring(0, length), end - length)) {
          return length;
        }
      }
    }
    return 0;
  }
}
