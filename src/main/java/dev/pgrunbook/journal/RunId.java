package dev.pgrunbook.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Ids of runs: short enough to type, sorted by time, fit for a file's name. */
public final class RunId {

  private static final int LONGEST = 80;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /**
   * Returns the id of a run that begins now, such as {@code 20260102-030405-2345}: short enough to
   * stand whole in the {@code application_name} of the run's sessions.
   *
   * @param random any number; its last digits tell runs of the same second apart
   */
  public static String of(Instant now, long random) {
    return SECONDS.format(now) + String.format(Locale.ROOT, "-%04x", random & 0xFFFF);
  }

  /** Returns whether a text can be a run's id. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.startsWith(".")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isFit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  }
}
